package io.quorate.coordinator.log;

/**
 * What the log tells the core. All calls come from the thread that runs {@link LogAgent#doWork}; they must not block and must
 * not throw.
 */
public interface LogListener {

    /**
     * Everything ordered up to here is durable. After an order to void a tail this is the zxid that became the last one,
     * which is lower than before.
     */
    void onLogFlushed(long lastZxid);

    /** The log has room for writes again, or has no longer. Until the first call there is room. */
    void onLogSpace(boolean available);

    /** An append or a sync failed. Nothing more is written, ever: the process must end. Called at most once. */
    void onLogFailed(Throwable cause);
}
