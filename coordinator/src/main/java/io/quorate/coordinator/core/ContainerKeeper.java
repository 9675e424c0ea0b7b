package io.quorate.coordinator.core;

import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.Owners;
import io.quorate.coordinator.tree.Znode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** Knows which nodes are containers or have a time to live, and which of them are due to go (semantics 4.3). */
final class ContainerKeeper {

    private static final long MINUTE_MILLIS = 60_000;

    private final CoreSettings.Containers settings;
    private final Set<String> paths = new LinkedHashSet<>();
    private final Deque<String> due = new ArrayDeque<>();
    private long nextMillis = Long.MAX_VALUE;

    ContainerKeeper(CoreSettings.Containers settings) {
        this.settings = settings;
    }

    void start(long nowMillis) {
        nextMillis = nowMillis + settings.checkIntervalMillis();
    }

    /** Nothing is due until {@link #start}. */
    void retire() {
        nextMillis = Long.MAX_VALUE;
        due.clear();
    }

    void add(String path) {
        paths.add(path);
    }

    void remove(String path) {
        paths.remove(path);
    }

    void clear() {
        paths.clear();
        due.clear();
    }

    /** When {@link #take} has something to do next. */
    long nextMillis() {
        return nextMillis;
    }

    /** The next node that should go, or null if none should now. At most one for each spacing interval. */
    String take(DataTree tree, long nowMillis, long wallMillis) {
        if (nowMillis < nextMillis) {
            return null;
        }
        if (due.isEmpty()) {
            for (String path : paths) {
                if (isDue(tree.get(path), wallMillis)) {
                    due.add(path);
                }
            }
        }
        String path = due.poll();
        nextMillis = nowMillis + (due.isEmpty() ? settings.checkIntervalMillis() : spacingMillis());
        return path;
    }

    private long spacingMillis() {
        return MINUTE_MILLIS / Math.max(1, settings.maxPerMinute());
    }

    private boolean isDue(Znode node, long wallMillis) {
        if (node == null || node.numChildren() > 0) {
            return false;
        }
        long age = wallMillis - node.mtime();
        if (Owners.isTtl(node.owner())) {
            return age > Owners.ttlMillis(node.owner());
        }
        boolean neverUsed = node.childVersion() == 0;
        return !neverUsed || (settings.maxNeverUsedMillis() > 0 && age > settings.maxNeverUsedMillis());
    }
}
