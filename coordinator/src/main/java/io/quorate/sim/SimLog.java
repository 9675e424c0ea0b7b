package io.quorate.sim;

import io.quorate.coordinator.zab.LogOut;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The log agent of one process: takes what waits as one batch, writes it, and syncs it some time later. Marks are taken alone.
 * What was not synced is in the hands of {@link SimDisk} when the process ends.
 */
final class SimLog implements LogOut {

    private static final int QUEUE_BYTES_MAX = 256 * 1024;
    private static final int BATCH_ENTRIES_MAX = 64;

    private final SimProcess process;
    private final SimDisk disk;
    private final Deque<SimDisk.LogRecord> orders = new ArrayDeque<>();
    private int queuedBytes;
    private boolean busy;

    SimLog(SimProcess process, SimDisk disk) {
        this.process = process;
        this.disk = disk;
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return queuedBytes + entryBytes <= QUEUE_BYTES_MAX;
    }

    @Override
    public void append(long zxid, DirectBuffer src, int offset, int length) {
        if (queuedBytes + length > QUEUE_BYTES_MAX) {
            throw new IllegalStateException("no room in the log's queue");
        }
        byte[] bytes = new byte[length];
        src.getBytes(offset, bytes);
        queuedBytes += length;
        process.observer().appended(zxid, bytes);
        order(new SimDisk.Batch(List.of(new SimDisk.Entry(zxid, bytes))));
    }

    @Override
    public void voidAfter(long zxid) {
        process.observer().cut(zxid, false);
        order(new SimDisk.VoidAfter(zxid));
    }

    @Override
    public void restartAt(long zxid) {
        process.observer().cut(zxid, true);
        order(new SimDisk.RestartAt(zxid));
    }

    private void order(SimDisk.LogRecord order) {
        orders.add(order);
        if (!busy) {
            busy = true;
            process.after(process.chance().between(0, 50), this::write);
        }
    }

    private void write() {
        SimDisk.LogRecord next = orders.poll();
        if (next instanceof SimDisk.Batch) {
            next = gather((SimDisk.Batch) next);
        }
        SimDisk.LogRecord written = next;
        disk.write(written);
        process.after(process.server().syncMicros(), () -> sync(written));
    }

    private SimDisk.Batch gather(SimDisk.Batch first) {
        List<SimDisk.Entry> entries = new ArrayList<>(first.entries());
        while (entries.size() < BATCH_ENTRIES_MAX && orders.peek() instanceof SimDisk.Batch more) {
            entries.addAll(more.entries());
            orders.poll();
        }
        for (SimDisk.Entry entry : entries) {
            queuedBytes -= entry.bytes().length;
        }
        return new SimDisk.Batch(entries);
    }

    private void sync(SimDisk.LogRecord written) {
        long stuck = process.server().stuckMicros();
        if (stuck > 0) {
            process.after(stuck, () -> sync(written));
            return;
        }
        if (process.server().takeSyncFailure()) {
            process.server().failStop("a sync failed");
            return;
        }
        if (process.cluster().plant().syncs(process)) {
            disk.sync();
        }
        if (!orders.isEmpty()) {
            process.after(process.chance().between(0, 20), this::write);
        } else {
            busy = false;
        }
        process.onSynced(written);
    }
}
