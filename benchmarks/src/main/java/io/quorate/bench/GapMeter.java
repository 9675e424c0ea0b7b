package io.quorate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns one session that writes in a closed loop, one write after the other, and remembers the longest time without an
 * acknowledgement and the epoch of the last one. Whatever goes wrong ends it: a client must not see any of it. {@link #take} and
 * {@link #epoch} may be called from any thread.
 */
final class GapMeter implements AutoCloseable {

    private static final int ZXID_AT = 8;
    private static final int ERROR_AT = 16;

    private final Session session;
    private final byte[] frame;
    private final Future<?> loop;
    private volatile boolean ending;
    private volatile int epoch;
    private final AtomicLong longestNanos = new AtomicLong();

    /** Opens a session and begins to write to this node, which exists. */
    GapMeter(InetSocketAddress address, String node, ExecutorService threads) throws IOException {
        session = Session.open(address);
        frame = Frames.setData(node, Workload.data());
        loop = threads.submit(this::write);
    }

    private void write() {
        try {
            long last = System.nanoTime();
            while (!ending) {
                ByteBuffer reply = session.call(frame);
                long now = System.nanoTime();
                if (reply.getInt(ERROR_AT) != 0) {
                    throw new IOException("a write was answered " + reply.getInt(ERROR_AT));
                }
                acknowledged(now - last, reply.getInt(ZXID_AT));
                last = now;
            }
            session.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acknowledged(long nanos, int inEpoch) {
        longestNanos.accumulateAndGet(nanos, Math::max);
        epoch = inEpoch;
    }

    /** The epoch in which the last write was acknowledged; 0 before the first. */
    int epoch() {
        if (loop.isDone()) {
            throw new IllegalStateException("the client saw an error; it is said at the end");
        }
        return epoch;
    }

    /** The longest time without an acknowledgement since the last call, in nanoseconds. */
    long take() {
        return longestNanos.getAndSet(0);
    }

    /** Ends the session after the write at hand; fails if the client saw an error. */
    @Override
    public void close() throws IOException {
        ending = true;
        try {
            loop.get();
        } catch (ExecutionException e) {
            throw new IOException("the client saw an error", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.close();
        }
    }
}
