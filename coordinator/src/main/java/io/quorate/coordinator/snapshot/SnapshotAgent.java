package io.quorate.coordinator.snapshot;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the snapshots that the core hands out. One that fails, as on a full disk, is given up and harms nothing: the log
 * simply stays longer. Run it on a thread of its own with {@link SnapshotIdle}.
 */
public final class SnapshotAgent implements Agent {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotAgent.class);
    private static final int ORDERS_PER_ROUND = 16;

    private final SnapshotQueue queue;
    private final SnapshotFiles files;
    private final SnapshotListener listener;
    private final long spareBytes;
    private SnapshotWriter writer;
    private long zxid;
    private long beganNanos;

    /** @param spareBytes bytes that a snapshot must leave free on the disk, 0 for any */
    public SnapshotAgent(SnapshotQueue queue, SnapshotFiles files, SnapshotListener listener, long spareBytes) {
        this.queue = queue;
        this.files = files;
        this.listener = listener;
        this.spareBytes = spareBytes;
    }

    @Override
    public int doWork() {
        int done = 0;
        while (done < ORDERS_PER_ROUND) {
            SnapshotQueue.Order order = queue.poll();
            if (order == null) {
                return done;
            }
            carryOut(order);
            queue.carriedOut();
            done++;
        }
        return done;
    }

    private void carryOut(SnapshotQueue.Order order) {
        try {
            if (order instanceof SnapshotQueue.Begin begin) {
                begin(begin);
            } else if (writer == null) {
                // The rest of a snapshot that was given up.
                return;
            } else if (order instanceof SnapshotQueue.Chunk chunk) {
                writer.write(chunk.bytes(), chunk.length());
            } else if (order instanceof SnapshotQueue.End end) {
                end(end);
            } else {
                abandon();
                listener.onSnapshotDone(zxid, -1);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("snapshot at zxid 0x{} is given up: {}", Long.toHexString(zxid), e.toString());
            abandon();
            listener.onSnapshotDone(zxid, -1);
        }
    }

    private void begin(SnapshotQueue.Begin order) throws IOException {
        assert writer == null;
        zxid = order.zxid();
        beganNanos = System.nanoTime();
        writer = new SnapshotWriter(files.file(zxid), spareBytes);
    }

    private void end(SnapshotQueue.End order) throws IOException {
        assert order.zxid() == zxid;
        long bytes = writer.finish(order.digestVersion(), order.digest());
        writer = null;
        files.markWhole(zxid);
        LOG.info(
                "snapshot at zxid 0x{} written, {} bytes in {} ms",
                Long.toHexString(zxid),
                bytes,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
        listener.onSnapshotDone(zxid, bytes);
    }

    private void abandon() {
        SnapshotWriter unfinished = writer;
        writer = null;
        if (unfinished != null) {
            try {
                unfinished.close();
            } catch (IOException e) {
                LOG.warn("temporary snapshot file stays: {}", e.toString());
            }
        }
    }

    @Override
    public void onClose() {
        abandon();
    }

    @Override
    public String roleName() {
        return "quorate-snapshot";
    }
}
