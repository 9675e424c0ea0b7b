package io.quorate.bench;

/**
 * Owns the times at which the requests in flight of one connection were written: a ring of (last xid, time), one entry
 * for each write. There are never more entries than requests in flight.
 */
final class Batches {

    private final int[] lastXid;
    private final long[] sentNanos;
    private int head;
    private int tail;
    private int answeredXid;

    Batches(int window) {
        lastXid = new int[window + 1];
        sentNanos = new long[window + 1];
    }

    void sent(int xid, long nowNanos) {
        lastXid[tail] = xid;
        sentNanos[tail] = nowNanos;
        tail = next(tail);
    }

    /** Replies up to {@code xid} arrived at {@code nowNanos}. */
    void answered(int xid, long nowNanos, Meter meter) {
        while (answeredXid < xid) {
            int last = Math.min(lastXid[head], xid);
            meter.latency(nowNanos - sentNanos[head], last - answeredXid);
            answeredXid = last;
            if (last == lastXid[head]) {
                head = next(head);
            }
        }
    }

    private int next(int index) {
        return index + 1 == lastXid.length ? 0 : index + 1;
    }
}
