package io.quorate.coordinator.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/** Parks the thread of the log agent until an order comes. It wakes now and then by itself to look at the disk space. */
public final class LogIdle implements IdleStrategy {

    private static final long PARK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

    private final LogQueue queue;
    private Runnable wakeUp;

    /** For the one thread that will call {@link #idle()}. */
    public LogIdle(LogQueue queue) {
        this.queue = queue;
    }

    @Override
    public void idle(int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        if (wakeUp == null) {
            Thread agentThread = Thread.currentThread();
            wakeUp = () -> LockSupport.unpark(agentThread);
        }
        if (queue.armWakeUp(wakeUp)) {
            LockSupport.parkNanos(this, PARK_NANOS_MAX);
            queue.disarmWakeUp();
        }
    }

    @Override
    public void reset() {}
}
