package io.quorate.coordinator.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Registrations by path and by watcher (semantics 6). One entry of a watcher on a path is a set of modes; the reference's two
 * tables, data and child, are masks over these modes.
 *
 * @param <W> a watcher; its hash code must not depend on the run, so that events go out in one order
 */
public final class WatchTable<W> {

    /** Standard watch in the data table: getData, exists. */
    public static final int DATA = 1;

    /** Standard watch in the child table: getChildren. */
    public static final int CHILD = 2;

    /** Persistent watch, in both tables. */
    public static final int PERSISTENT = 4;

    /** Persistent recursive watch, in the data table. */
    public static final int RECURSIVE = 8;

    public static final int ANY = DATA | CHILD | PERSISTENT | RECURSIVE;

    private static final int DATA_TABLE = DATA | PERSISTENT | RECURSIVE;
    private static final int CHILD_TABLE = CHILD | PERSISTENT;

    private final Map<String, Map<W, Integer>> byPath = new HashMap<>();
    private final Map<W, Set<String>> byWatcher = new HashMap<>();
    private int recursiveCount;
    private int watchCount;

    /** Adds modes to the watcher's entry on this path. */
    public void add(String path, W watcher, int modes) {
        Map<W, Integer> entry = byPath.computeIfAbsent(path, p -> new LinkedHashMap<>(4));
        Integer before = entry.get(watcher);
        int had = before == null ? 0 : before;
        if ((had & modes) == modes) {
            return;
        }
        entry.put(watcher, had | modes);
        count(had, had | modes);
        if (had == 0) {
            byWatcher.computeIfAbsent(watcher, w -> new LinkedHashSet<>()).add(path);
        }
    }

    /** The modes of this watcher on this path, 0 for none. */
    public int modes(String path, W watcher) {
        Map<W, Integer> entry = byPath.get(path);
        Integer modes = entry == null ? null : entry.get(watcher);
        return modes == null ? 0 : modes;
    }

    /** Takes modes away from the watcher's entry. Returns those that were there. */
    public int remove(String path, W watcher, int modes) {
        Map<W, Integer> entry = byPath.get(path);
        int had = modes(path, watcher);
        int kept = had & ~modes;
        if (kept == had) {
            return 0;
        }
        count(had, kept);
        if (kept != 0) {
            entry.put(watcher, kept);
            return had & modes;
        }
        entry.remove(watcher);
        if (entry.isEmpty()) {
            byPath.remove(path);
        }
        Set<String> paths = byWatcher.get(watcher);
        paths.remove(path);
        if (paths.isEmpty()) {
            byWatcher.remove(watcher);
        }
        return had & modes;
    }

    /** Takes away everything of a watcher whose connection closed. */
    public void removeAll(W watcher) {
        Set<String> paths = byWatcher.remove(watcher);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            Map<W, Integer> entry = byPath.get(path);
            count(entry.remove(watcher), 0);
            if (entry.isEmpty()) {
                byPath.remove(path);
            }
        }
    }

    /**
     * Raises an event in the data table: those on the path itself, whose standard mode is consumed, and recursive watchers of
     * every ancestor. Each watcher is told once.
     */
    public void fireData(String path, Consumer<W> told) {
        if (byPath.isEmpty()) {
            return;
        }
        if (recursiveCount == 0) {
            fire(path, DATA_TABLE, DATA, told);
        } else {
            collectData(path).forEach(told);
        }
    }

    /** Raises an event in the child table. */
    public void fireChild(String path, Consumer<W> told) {
        if (!byPath.isEmpty()) {
            fire(path, CHILD_TABLE, CHILD, told);
        }
    }

    /** Raises a deletion: in the data table, then in the child table for those not told yet. */
    public void fireDeleted(String path, Consumer<W> told) {
        if (byPath.isEmpty()) {
            return;
        }
        Set<W> reached = collectData(path);
        fire(path, CHILD_TABLE, CHILD, reached::add);
        reached.forEach(told);
    }

    private Set<W> collectData(String path) {
        Set<W> reached = new LinkedHashSet<>();
        fire(path, DATA_TABLE, DATA, reached::add);
        for (String at = path; recursiveCount > 0 && at.length() > 1; ) {
            int slash = at.lastIndexOf('/');
            at = slash <= 0 ? "/" : at.substring(0, slash);
            fire(at, RECURSIVE, 0, reached::add);
        }
        return reached;
    }

    private void fire(String path, int table, int consumed, Consumer<W> told) {
        Map<W, Integer> entry = byPath.get(path);
        if (entry == null) {
            return;
        }
        List<W> reached = new ArrayList<>(entry.size());
        entry.forEach((watcher, modes) -> {
            if ((modes & table) != 0) {
                reached.add(watcher);
            }
        });
        for (W watcher : reached) {
            if (consumed != 0) {
                remove(path, watcher, consumed);
            }
            told.accept(watcher);
        }
    }

    private void count(int before, int after) {
        watchCount += watches(after) - watches(before);
        recursiveCount += bit(after, RECURSIVE) - bit(before, RECURSIVE);
    }

    private static int watches(int modes) {
        return bit(modes, DATA_TABLE) + bit(modes, CHILD_TABLE);
    }

    private static int bit(int modes, int mask) {
        return (modes & mask) == 0 ? 0 : 1;
    }

    /** True if nobody watches anything. */
    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** Entries of both tables. */
    public int watchCount() {
        return watchCount;
    }

    /** Visits the data table, which is what the reference lists: watcher and path. */
    public void forEachData(BiConsumer<W, String> visitor) {
        byWatcher.forEach((watcher, paths) -> {
            for (String path : paths) {
                if ((byPath.get(path).get(watcher) & DATA_TABLE) != 0) {
                    visitor.accept(watcher, path);
                }
            }
        });
    }
}
