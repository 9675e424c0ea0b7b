package io.quorate.coordinator.snapshot;

import org.agrona.concurrent.IdleStrategy;

/** Parks the agent's thread while its queue is empty. */
public final class SnapshotIdle implements IdleStrategy {

    private final SnapshotQueue queue;

    public SnapshotIdle(SnapshotQueue queue) {
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
        queue.awaitOrder();
    }

    @Override
    public void reset() {}
}
