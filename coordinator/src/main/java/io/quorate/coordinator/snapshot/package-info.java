/**
 * Snapshots on disk, in the format of ZooKeeper 3.9 (storage-formats 5): the agent that writes what the core hands out, the
 * reader that verifies all it reads, the choice among files, their purge, and the import of a ZooKeeper data directory. Knows
 * the core's orders and its door for stored state; must not know log, net or runtime.
 */
package io.quorate.coordinator.snapshot;
