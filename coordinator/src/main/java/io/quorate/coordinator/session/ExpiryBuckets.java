package io.quorate.coordinator.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Files sessions by the tick in which they expire (semantics 7.2). A touch only writes the new deadline into the session; it
 * is filed anew when its old bucket comes up, so a touch costs nothing.
 */
public final class ExpiryBuckets {

    private static final long NEW = 0;
    private static final long HANDED_OUT = -1;

    private final long tickMillis;
    private final TreeMap<Long, List<Session>> buckets = new TreeMap<>();

    public ExpiryBuckets(long tickMillis) {
        this.tickMillis = tickMillis;
    }

    /** Lets the session live for {@code timeoutMillis} more, rounded up to the next tick. */
    public void touch(Session session, long nowMillis, long timeoutMillis) {
        long deadline = ((nowMillis + timeoutMillis) / tickMillis + 1) * tickMillis;
        if (deadline == session.deadlineMillis) {
            return;
        }
        session.deadlineMillis = deadline;
        if (session.bucketMillis == NEW || deadline < session.bucketMillis) {
            file(session);
        }
    }

    /** Forgets all sessions, as when another server is to let them expire. */
    public void clear() {
        buckets.clear();
    }

    /** Takes a session that is in no bucket, whatever it was in before {@link #clear}. */
    public void begin(Session session, long nowMillis, long timeoutMillis) {
        session.deadlineMillis = 0;
        session.bucketMillis = NEW;
        touch(session, nowMillis, timeoutMillis);
    }

    private void file(Session session) {
        session.bucketMillis = session.deadlineMillis;
        buckets.computeIfAbsent(session.bucketMillis, bucket -> new ArrayList<>())
                .add(session);
    }

    /** Hands out every session whose deadline has passed, once. */
    public void expire(long nowMillis, Consumer<Session> expired) {
        while (!buckets.isEmpty() && buckets.firstKey() <= nowMillis) {
            Map.Entry<Long, List<Session>> bucket = buckets.pollFirstEntry();
            for (Session session : bucket.getValue()) {
                if (session.bucketMillis != bucket.getKey()) {
                    continue;
                }
                if (session.deadlineMillis > nowMillis) {
                    file(session);
                } else {
                    session.bucketMillis = HANDED_OUT;
                    expired.accept(session);
                }
            }
        }
    }

    /** Files a session again that was handed out but heard of before it could be ended. */
    public void refile(Session session) {
        file(session);
    }

    /** When {@link #expire} has something to do next, {@code Long.MAX_VALUE} if never. */
    public long nextMillis() {
        return buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstKey();
    }
}
