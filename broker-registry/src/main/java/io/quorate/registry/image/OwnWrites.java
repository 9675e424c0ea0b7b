package io.quorate.registry.image;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the echo of our own writes from changes of others (registry spec 13.3): the event of a write comes before its answer, so
 * it is kept back until the answer says which transaction ours was. At most one write of ours is under way for each node.
 */
public final class OwnWrites {
    private static final long NO_EVENT = 0;

    private final Map<String, Long> underWay = new HashMap<>();
    /** Answered since the read that is under way was sent. */
    private final Set<String> touched = new HashSet<>();

    private boolean isReading;

    OwnWrites() {}

    /** A write to this node was sent. */
    public void begin(String path) {
        underWay.put(path, NO_EVENT);
    }

    /** Whether an event may be the echo of a write that is under way; it is remembered then. */
    boolean isExpected(String path, long zxid) {
        return underWay.computeIfPresent(path, (any, before) -> zxid) != null;
    }

    /** A write was answered. Whether the image needs nothing else: there was no event, or it was the echo. */
    boolean end(String path, long zxid) {
        Long seen = underWay.remove(path);
        if (isReading) {
            touched.add(path);
        }
        return seen == null || seen == NO_EVENT || seen == zxid;
    }

    /** Nobody will hear of the answers to what is under way. Gives the nodes that it is about. */
    Set<String> abandon() {
        Set<String> paths = new TreeSet<>(underWay.keySet());
        underWay.clear();
        return paths;
    }

    /** A read was sent: what is written and answered from now on is newer than what it will find. */
    void readBegins() {
        isReading = true;
    }

    /** What the read has found is known. */
    void readEnds() {
        touched.clear();
        isReading = false;
    }

    boolean wasTouched(String path) {
        return touched.contains(path);
    }
}
