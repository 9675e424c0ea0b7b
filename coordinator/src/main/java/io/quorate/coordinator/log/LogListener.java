package io.quorate.coordinator.log;

/**
 * What the log tells the core. All calls come from the thread that runs {@link LogAgent#doWork}; they must not block and must
 * not throw.
 */
public interface LogListener {

    /** Everything ordered up to here is durable. */
    void onLogFlushed(long lastZxid);

    /** The order to void what is behind this zxid, or to start anew behind it, is durable. */
    void onLogCut(long zxid);

    /** The order to store this accepted epoch is durable. */
    void onAcceptedEpochStored(long epoch);

    /** The order to store this current epoch is durable. */
    void onCurrentEpochStored(long epoch);

    /** The log has room for writes again, or has no longer. Until the first call there is room. */
    void onLogSpace(boolean available);

    /** An append or a sync failed. Nothing more is written, ever: the process must end. Called at most once. */
    void onLogFailed(Throwable cause);
}
