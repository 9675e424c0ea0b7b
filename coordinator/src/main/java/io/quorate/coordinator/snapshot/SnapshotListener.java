package io.quorate.coordinator.snapshot;

/** Told by the snapshot agent, on its thread, how each snapshot ended: exactly once for each that was begun. */
public interface SnapshotListener {

    /** {@code bytes} is the size of the file, durable now under its name, or −1 if the snapshot was given up. */
    void onSnapshotDone(long zxid, long bytes);
}
