package io.quorate.registry.tree;

/** Time, for those who have no clock. */
public interface Timers {
    /** Milliseconds since 1970. */
    long nowMillis();

    /** Runs a task later, on the thread of everything else. It cannot be called back: the task looks whether it is still due. */
    void after(long delayMillis, Runnable task);
}
