package io.quorate.coordinator.snapshot;

/**
 * The numbers of the format (storage-formats 5), which the core begins to write and the agent ends.
 *
 * <pre>
 *   "ZKSN" | version 2 | dbid −1 | sessions | access lists | nodes | "/"
 *   seal: long Adler-32 of all bytes before, "/"
 *   digest: long zxid, int version, long digest      | seal
 *   last zxid: long                                  | seal
 * </pre>
 */
final class SnapshotLayout {

    static final int MAGIC = 0x5A4B534E;
    static final String TERMINATOR = "/";
    static final int SEAL_BYTES = Long.BYTES + Integer.BYTES + 1;
    static final int DIGEST_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    /** The digest version of 3.9; versions before it are text. */
    static final int DIGEST_VERSION = 2;

    /** Everything of a node behind its data: id of the access list and the persisted stat. */
    static final int NODE_TAIL_BYTES = Long.BYTES + 60;

    private SnapshotLayout() {}
}
