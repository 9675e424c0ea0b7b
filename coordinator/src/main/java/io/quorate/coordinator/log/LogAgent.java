package io.quorate.coordinator.log;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Carries out what waits in the log queue: one append for all waiting transactions, one sync, one event.
 *
 * <p>It owns the {@link TxnLog} and closes it. It runs in a thread of its own (with {@link LogIdle} as idle strategy, so that it
 * parks), or inline: whoever has an event loop calls {@link #doWork}. After a failure it does nothing any more.
 */
public final class LogAgent implements Agent {

    /** Most transactions in one batch: bounds how long the first of them waits for the last. */
    public static final int BATCH_ENTRIES_MAX = 8192;

    private final TxnLog log;
    private final LogQueue queue;
    private final EpochFiles epochs;
    private final LogListener listener;
    private final LogBatch batch;
    private final LogCounters counters = new LogCounters();
    private final ControlledMessageHandler collector = this::collect;
    private boolean batchComplete;
    private int orderType;
    private long orderArgument;
    private boolean spaceReported = true;
    private boolean failed;

    /**
     * An agent for this log and these epochs, which it writes in the order in which the queue has them.
     *
     * @param batchBytesMax most bytes of a batch: at most {@link LogSettings#batchBytesMax}, at least the largest entry and
     *     {@link TxnLog#ENTRY_HEADER_BYTES}
     */
    public LogAgent(TxnLog log, EpochFiles epochs, LogQueue queue, LogListener listener, int batchBytesMax) {
        this.log = log;
        this.epochs = epochs;
        this.queue = queue;
        this.listener = listener;
        batch = new LogBatch(batchBytesMax, BATCH_ENTRIES_MAX);
    }

    /** What it did so far. */
    public LogCounters counters() {
        return counters;
    }

    /** Carries out one batch, or one order that is none. Returns how many messages that took, 0 when there was nothing. */
    @Override
    public int doWork() {
        if (failed) {
            return 0;
        }
        try {
            reportSpace();
            int taken = gather();
            if (batch.count() > 0) {
                flushBatch();
            } else if (orderType != 0) {
                carryOut();
            }
            return taken;
        } catch (RuntimeException | Error e) {
            failed = true;
            listener.onLogFailed(e);
            return 0;
        }
    }

    /** Carries out all that waits, for a thread that is not called again before there is more. */
    public void workOff() {
        int taken = doWork();
        while (taken > 0 && queue.sizeBytes() > 0) {
            taken = doWork();
        }
    }

    /** One read of the ring ends where the ring does: a second one gets what waits at its start. */
    private int gather() {
        batchComplete = false;
        int taken = queue.drain(collector, BATCH_ENTRIES_MAX);
        return batchComplete ? taken : taken + queue.drain(collector, BATCH_ENTRIES_MAX);
    }

    /** Entries are gathered until the batch is full or an order of another kind comes: that one is then taken alone. */
    private ControlledMessageHandler.Action collect(int type, MutableDirectBuffer buffer, int index, int length) {
        long argument = buffer.getLong(index);
        if (type == LogQueue.ENTRY) {
            return add(argument, buffer, index + Long.BYTES, length - Long.BYTES);
        }
        batchComplete = true;
        if (batch.count() > 0) {
            return ControlledMessageHandler.Action.ABORT;
        }
        orderType = type;
        orderArgument = argument;
        return ControlledMessageHandler.Action.BREAK;
    }

    private ControlledMessageHandler.Action add(long zxid, DirectBuffer buffer, int offset, int length) {
        if (batch.add(zxid, buffer, offset, length)) {
            return ControlledMessageHandler.Action.CONTINUE;
        }
        batchComplete = true;
        if (batch.count() == 0) {
            throw new IllegalStateException("an entry of " + length + " bytes is larger than a batch");
        }
        return ControlledMessageHandler.Action.ABORT;
    }

    private void flushBatch() {
        long start = System.nanoTime();
        batch.appendTo(log);
        log.sync();
        counters.batch(batch.count(), batch.length());
        counters.synced(System.nanoTime() - start);
        long lastZxid = batch.lastZxid();
        batch.clear();
        listener.onLogFlushed(lastZxid);
    }

    private void carryOut() {
        int type = orderType;
        orderType = 0;
        switch (type) {
            case LogQueue.ROLL -> log.roll();
            case LogQueue.PURGE_BEFORE -> log.purgeBefore(orderArgument);
            case LogQueue.VOID_AFTER -> {
                log.voidAfter(orderArgument);
                log.sync();
                listener.onLogCut(orderArgument);
            }
            case LogQueue.RESTART_AT -> {
                log.restartAt(orderArgument);
                log.sync();
                listener.onLogCut(orderArgument);
            }
            case LogQueue.ACCEPTED_EPOCH -> {
                epochs.writeAcceptedEpoch(orderArgument);
                listener.onAcceptedEpochStored(orderArgument);
            }
            case LogQueue.CURRENT_EPOCH -> {
                epochs.writeCurrentEpoch(orderArgument);
                listener.onCurrentEpochStored(orderArgument);
            }
            default -> throw new IllegalStateException("unknown order " + type);
        }
    }

    private void reportSpace() {
        boolean available = log.hasSpace();
        if (available != spaceReported) {
            spaceReported = available;
            listener.onLogSpace(available);
        }
    }

    @Override
    public void onClose() {
        log.close();
    }

    @Override
    public String roleName() {
        return "quorate-log";
    }
}
