package io.quorate.coordinator.log;

import io.quorate.coordinator.zab.EpochOut;
import io.quorate.coordinator.zab.LogOut;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The ring in front of the log: orders of the core thread wait here, in order, until {@link LogAgent} carries them out.
 *
 * <pre>
 *   one message; its type is what is ordered
 *
 *   0        8
 *   +--------+---------------------------+
 *   |  zxid  |  entry bytes (ENTRY only) |   or an epoch in place of the zxid
 *   +--------+---------------------------+
 * </pre>
 *
 * <p>One thread orders, one other (or the same) drains.
 */
public final class LogQueue implements LogOut, EpochOut {

    static final int ENTRY = 1;
    static final int VOID_AFTER = 2;
    static final int RESTART_AT = 3;
    static final int ROLL = 4;
    static final int PURGE_BEFORE = 5;
    static final int ACCEPTED_EPOCH = 6;
    static final int CURRENT_EPOCH = 7;

    /** Orders that are no entries find a place when entries no longer do: so many. */
    private static final int ORDERS_RESERVED = 16;

    /** Agrona takes messages up to an eighth of the capacity. */
    private static final int MESSAGES_PER_CAPACITY = 8;

    private final RingBuffer ring;
    private final AtomicReference<Runnable> sleeper = new AtomicReference<>();

    /**
     * A queue of at least {@code capacityBytes}, and large enough for entries of {@code entryBytesMax}.
     *
     * @throws IllegalArgumentException if that is more than a ring of 1 GiB can take
     */
    public LogQueue(int capacityBytes, int entryBytesMax) {
        long needed = (long) MESSAGES_PER_CAPACITY * (messageBytes(entryBytesMax));
        if (needed > 1 << 30) {
            throw new IllegalArgumentException("entries of " + entryBytesMax + " bytes");
        }
        int capacity = BitUtil.findNextPositivePowerOfTwo((int) Math.max(capacityBytes, needed));
        ring = new OneToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    private static int messageBytes(int entryBytes) {
        return BitUtil.align(RecordDescriptor.HEADER_LENGTH + Long.BYTES + entryBytes, RecordDescriptor.ALIGNMENT);
    }

    /** Counts what a record may waste at the end of the ring, and keeps places for orders that are no entries. */
    @Override
    public boolean hasRoom(int entryBytes) {
        int message = messageBytes(entryBytes);
        return message <= ring.maxMsgLength()
                && 2 * message + ORDERS_RESERVED * messageBytes(0) <= ring.capacity() - ring.size();
    }

    @Override
    public void append(long zxid, DirectBuffer src, int offset, int length) {
        int index = claim(ENTRY, length);
        MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index, zxid);
        buffer.putBytes(index + Long.BYTES, src, offset, length);
        commit(index);
    }

    @Override
    public void voidAfter(long zxid) {
        order(VOID_AFTER, zxid);
    }

    @Override
    public void restartAt(long zxid) {
        order(RESTART_AT, zxid);
    }

    @Override
    public void storeAcceptedEpoch(long epoch) {
        order(ACCEPTED_EPOCH, epoch);
    }

    @Override
    public void storeCurrentEpoch(long epoch) {
        order(CURRENT_EPOCH, epoch);
    }

    /** Orders {@link TxnLog#roll}. Nothing comes back. */
    public void roll() {
        order(ROLL, 0);
    }

    /** Orders {@link TxnLog#purgeBefore}. Nothing comes back. */
    public void purgeBefore(long zxid) {
        order(PURGE_BEFORE, zxid);
    }

    private void order(int type, long zxid) {
        int index = claim(type, 0);
        ring.buffer().putLong(index, zxid);
        commit(index);
    }

    private int claim(int type, int entryBytes) {
        int index = ring.tryClaim(type, Long.BYTES + entryBytes);
        if (index < 0) {
            throw new IllegalStateException("no room in the log queue for " + entryBytes + " bytes");
        }
        return index;
    }

    private void commit(int index) {
        ring.commit(index);
        // Either this sees the sleeper, or the sleeper sees the message before it sleeps.
        VarHandle.fullFence();
        if (sleeper.getPlain() != null) {
            Runnable wakeUp = sleeper.getAndSet(null);
            if (wakeUp != null) {
                wakeUp.run();
            }
        }
    }

    /** Hands waiting orders to {@code handler} until it wants no more; returns how many it took. */
    int drain(ControlledMessageHandler handler, int limit) {
        return ring.controlledRead(handler, limit);
    }

    /**
     * Before the draining thread goes to sleep: asks to be woken by the next order, once. False if orders are waiting
     * already, and then nothing was asked.
     */
    public boolean armWakeUp(Runnable wakeUp) {
        sleeper.setPlain(wakeUp);
        VarHandle.fullFence();
        if (ring.size() > 0) {
            sleeper.setPlain(null);
            return false;
        }
        return true;
    }

    /** After the sleep, whatever ended it. */
    public void disarmWakeUp() {
        sleeper.setPlain(null);
    }

    /** Bytes waiting. */
    public int sizeBytes() {
        return ring.size();
    }
}
