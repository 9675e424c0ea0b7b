package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.SnapshotOut;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * The queue in front of the snapshot agent. Unbounded, for the core must hand out a node before it changes it; but it walks
 * on only while few chunks wait. One thread orders, one takes.
 */
public final class SnapshotQueue implements SnapshotOut {

    /** With chunks of about 128 KiB: what may wait before the walk pauses. */
    static final int WAITING_MAX = 8;

    private static final int SEGMENT = 64;
    private static final long PARK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

    /** One order of the core. */
    sealed interface Order permits Begin, Chunk, End, Abandon {}

    record Begin(long zxid) implements Order {}

    record Chunk(byte[] bytes, int length) implements Order {}

    record End(long zxid, int digestVersion, long digest) implements Order {}

    record Abandon() implements Order {}

    private final SpscUnboundedArrayQueue<Order> orders = new SpscUnboundedArrayQueue<>(SEGMENT);
    private final AtomicLong given = new AtomicLong();
    private final AtomicLong carriedOut = new AtomicLong();
    private final AtomicReference<Thread> sleeper = new AtomicReference<>();

    @Override
    public void begin(long zxid) {
        add(new Begin(zxid));
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        add(new Chunk(bytes, length));
    }

    @Override
    public void end(long zxid, int digestVersion, long digest) {
        add(new End(zxid, digestVersion, digest));
    }

    @Override
    public void abandon() {
        add(new Abandon());
    }

    @Override
    public boolean hasRoom() {
        return orders.size() < WAITING_MAX;
    }

    private void add(Order order) {
        given.set(given.get() + 1);
        boolean added = orders.offer(order);
        assert added;
        // A volatile read after the offer: either this sees the sleeper, or the sleeper sees the order.
        Thread thread = sleeper.get();
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** True if nothing is left to do of what was ordered. Any thread; certain on the one that orders. */
    public boolean isCarriedOut() {
        return carriedOut.get() == given.get();
    }

    /** The order that was polled last was carried out, or given up. */
    void carriedOut() {
        carriedOut.incrementAndGet();
    }

    /** The next order, or null. */
    Order poll() {
        return orders.poll();
    }

    /** Parks the calling thread until there is an order, but not for long: its agent may have been asked to end. */
    void awaitOrder() {
        sleeper.set(Thread.currentThread());
        if (orders.isEmpty()) {
            LockSupport.parkNanos(this, PARK_NANOS_MAX);
        }
        sleeper.set(null);
    }
}
