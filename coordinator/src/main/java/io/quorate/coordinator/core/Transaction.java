package io.quorate.coordinator.core;

import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnHeader;

/**
 * A planned transaction on its way to commit.
 *
 * @param digest the tree digest that it is predicted to leave
 * @param task the request behind it, null if the server itself asked
 * @param bytes how long its entry in the log is
 */
record Transaction(TxnHeader header, Txn txn, long digest, Task task, int bytes) {}
