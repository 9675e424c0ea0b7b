/**
 * The transaction log: group-committed batches on Chronicle Queue, the ring in front of it and the agent that drains it; the
 * epoch files and the ownership of the data directories. An entry is an opaque byte string with a zxid: this package must not
 * know what a transaction means. Chronicle appears in {@link io.quorate.coordinator.log.ChronicleTxnLog} and its
 * package-private companions only. Recovery does not use Chronicle at all: after a power loss its own pages (header, index)
 * may be older or newer than the data, so only the records, each with a checksum and a sequence number, are believed.
 */
package io.quorate.coordinator.log;
