package io.quorate.coordinator.admin;

import java.util.List;

/**
 * What commands tell that the core does not know. The composition root implements it; every method may be called on any thread,
 * and those that say nothing else must be quick.
 */
public interface AdminFacts {

    /** The version of this server, as {@code 0.1.0}. */
    String version();

    /** When this version was built, as {@code 2026-02-11 20:18 UTC}. */
    String builtOn();

    /** False while the server starts, has no quorum, or stops: most commands refuse then. */
    boolean isServing();

    /** True if only read-only clients are served. */
    boolean isReadOnly();

    /** {@code standalone}, {@code leader}, {@code follower}, {@code observer} or {@code read-only}. */
    String mode();

    /** Milliseconds since this server began to lead, −1 if it does not. */
    long leadingMillis();

    /** The settings that {@code conf} shows. */
    ConfFacts conf();

    /** Bytes of the snapshots. May look at the disk; never called on the core's thread unless that serves the ports too. */
    long dataDirBytes();

    /** Bytes of the log. May look at the disk, as {@link #dataDirBytes}. */
    long logDirBytes();

    /** Frames and commands taken from clients since the start or the last {@link #resetPackets}. */
    long packetsReceived();

    /** Frames sent to clients since the start or the last {@link #resetPackets}. */
    long packetsSent();

    /** Begins to count packets at 0 again. */
    void resetPackets();

    /** Milliseconds since the server began to serve. */
    long uptimeMillis();

    /** File descriptors that are open, −1 if unknown. */
    long openFiles();

    /** File descriptors that may be open, −1 if unknown. */
    long maxFiles();

    /** What {@code envi} shows behind the version, in this order: key and value. */
    List<Variable> environment();

    /** One line of {@code envi}. */
    record Variable(String key, String value) {}
}
