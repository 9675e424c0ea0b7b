package io.quorate.coordinator.op;

import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.Txn;

/** Plans one kind of write. */
interface WriteOp {

    /**
     * Validates the request against the tree as it will be, lays the change over it, and returns the transaction that makes
     * it, or an {@link io.quorate.wire.txn.ErrorTxn} with the first error of client-protocol 12.3.
     */
    Txn plan(Request request, PlanContext context);
}
