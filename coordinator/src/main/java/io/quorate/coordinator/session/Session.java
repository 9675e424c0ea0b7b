package io.quorate.coordinator.session;

import java.util.LinkedHashSet;
import java.util.Set;

/** One session: what its transaction said of it, and until when it lives if nothing is heard. The core's thread alone. */
public final class Session {

    private final long id;
    private final int timeoutMillis;
    private final Set<String> ephemerals = new LinkedHashSet<>();
    private boolean closing;

    /** When it expires, a multiple of the tick on the monotonic clock; 0 before the first touch. */
    long deadlineMillis;

    /** The bucket in which it is filed: never later than its deadline. */
    long bucketMillis;

    Session(long id, int timeoutMillis) {
        this.id = id;
        this.timeoutMillis = timeoutMillis;
    }

    public long id() {
        return id;
    }

    /** The timeout in the transaction that made the session. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** Paths of its ephemeral nodes in the committed tree. */
    public Set<String> ephemerals() {
        return ephemerals;
    }

    /** True once its end is planned: touches and resumes fail from here on (semantics 7.3). */
    public boolean isClosing() {
        return closing;
    }

    public void markClosing() {
        closing = true;
    }

    /** The end that was planned did not come about. */
    public void unmarkClosing() {
        closing = false;
    }

    /** When it expires, in milliseconds of the monotonic clock. */
    public long deadlineMillis() {
        return deadlineMillis;
    }
}
