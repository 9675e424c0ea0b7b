package io.quorate.coordinator.core;

/** Orders to the snapshot agent. The core's thread alone gives them; the end comes back as an event. */
public interface SnapshotOut {

    /** Begins a snapshot of the state at {@code zxid}. */
    void begin(long zxid);

    /** The next bytes of it, uncompressed (storage-formats 5). The array is not touched again by the caller. */
    void chunk(byte[] bytes, int length);

    /**
     * All bytes up to the terminator were given; seals, digest and last zxid are the agent's to write.
     *
     * @param digestVersion 0 if digests are off
     */
    void end(long zxid, int digestVersion, long digest);

    /** The snapshot under way is given up; this, too, comes back as its end. */
    void abandon();

    /** False while chunks wait: the core pauses its walk, but not what it must hand out before a change. */
    boolean hasRoom();
}
