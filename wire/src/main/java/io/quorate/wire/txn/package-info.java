/**
 * The transactions that the log and the proposals of the quorum carry, as values with their codecs. It must not know how a
 * transaction is planned, stored or applied.
 */
package io.quorate.wire.txn;
