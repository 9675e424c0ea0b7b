package io.quorate.wire.client;

import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.SetWatchesRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Owns which watchers the client has on which nodes of the server, by the lists of setWatches (client-protocol section 8.14).
 * Pure; paths are those of the server.
 */
final class WatchRegistry {
    /** So much of paths goes into one setWatches at most, unless a single path is longer: far below every frame limit. */
    static final int BATCH_BYTES_MAX = 128 * 1024;

    /** A character takes at most three bytes, a string four more for its length. */
    private static final int CHARACTER_BYTES_MAX = 3;

    private final Map<WatchKind, Map<String, Set<Watcher>>> lists = new EnumMap<>(WatchKind.class);

    WatchRegistry() {
        for (WatchKind kind : WatchKind.values()) {
            lists.put(kind, new HashMap<>());
        }
    }

    void add(WatchKind kind, String path, Watcher watcher) {
        lists.get(kind).computeIfAbsent(path, any -> new LinkedHashSet<>()).add(watcher);
    }

    /** Forgets what was removed; gives whom to tell. */
    List<Notice> remove(WatchChange.Removal removal) {
        List<Notice> notices = new ArrayList<>();
        for (WatchKind kind : WatchKind.values()) {
            if (kind.isOf(removal.type())) {
                Collection<Watcher> removed = remove(kind, removal.path(), removal.watcher());
                if (!removed.isEmpty()) {
                    notices.add(new Notice(removed, new NodeEvent(kind.removed(), removal.clientPath(), -1)));
                }
            }
        }
        return notices;
    }

    private Collection<Watcher> remove(WatchKind kind, String path, Watcher watcherOrNull) {
        if (watcherOrNull == null) {
            return take(kind, path);
        }
        Set<Watcher> watchers = lists.get(kind).getOrDefault(path, new LinkedHashSet<>());
        boolean removed = watchers.remove(watcherOrNull);
        if (watchers.isEmpty()) {
            lists.get(kind).remove(path);
        }
        return removed ? List.of(watcherOrNull) : List.of();
    }

    /**
     * Whether a watcher other than the one that is to lose its watch will depend on what the server has by then.
     *
     * @param before what is under way to the server already; a watch counts as set, for it may be
     */
    boolean willHaveOthers(WatchChange.Removal removal, List<WatchChange> before) {
        for (WatchKind kind : WatchKind.values()) {
            if (kind.isOf(removal.type())) {
                Set<Watcher> watchers = new HashSet<>(lists.get(kind).getOrDefault(removal.path(), Set.of()));
                before.stream()
                        .filter(change -> change.path().equals(removal.path()))
                        .forEach(change -> change.foresee(kind, watchers));
                watchers.remove(removal.watcher());
                if (!watchers.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Who is told of an event at a node, each once; one-shot watches that it uses up are forgotten (semantics section 6). */
    Collection<Watcher> fire(EventType type, String path) {
        Set<Watcher> told = new LinkedHashSet<>();
        switch (type) {
            case NODE_CREATED, NODE_DATA_CHANGED -> {
                told.addAll(take(WatchKind.DATA, path));
                told.addAll(take(WatchKind.EXIST, path));
                addRecursive(told, path);
            }
            case NODE_DELETED -> {
                told.addAll(take(WatchKind.DATA, path));
                told.addAll(take(WatchKind.EXIST, path));
                told.addAll(take(WatchKind.CHILD, path));
                addRecursive(told, path);
            }
            case NODE_CHILDREN_CHANGED -> told.addAll(take(WatchKind.CHILD, path));
            case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> {
                return told;
            }
        }
        told.addAll(lists.get(WatchKind.PERSISTENT).getOrDefault(path, Set.of()));
        return told;
    }

    private void addRecursive(Set<Watcher> told, String path) {
        Map<String, Set<Watcher>> recursive = lists.get(WatchKind.PERSISTENT_RECURSIVE);
        if (recursive.isEmpty()) {
            return;
        }
        told.addAll(recursive.getOrDefault("/", Set.of()));
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
            told.addAll(recursive.getOrDefault(path.substring(0, end), Set.of()));
        }
        told.addAll(recursive.getOrDefault(path, Set.of()));
    }

    private Collection<Watcher> take(WatchKind kind, String path) {
        Set<Watcher> watchers = lists.get(kind).remove(path);
        return watchers == null ? Set.of() : watchers;
    }

    /** How many watches there are: nodes, for each kind. */
    int size() {
        int size = 0;
        for (Map<String, Set<Watcher>> list : lists.values()) {
            size += list.size();
        }
        return size;
    }

    /** Everything that a new connection must be told, in batches; none if there are no watches. */
    List<SetWatchesRequest> rewatch(long relativeZxid) {
        List<SetWatchesRequest> batches = new ArrayList<>();
        Batch batch = new Batch();
        for (WatchKind kind : WatchKind.values()) {
            for (String path : lists.get(kind).keySet()) {
                int bytes = Integer.BYTES + path.length() * CHARACTER_BYTES_MAX;
                if (batch.bytes > 0 && batch.bytes + bytes > BATCH_BYTES_MAX) {
                    batches.add(batch.request(relativeZxid));
                    batch = new Batch();
                }
                batch.paths.get(kind).add(path);
                batch.bytes += bytes;
            }
        }
        if (batch.bytes > 0) {
            batches.add(batch.request(relativeZxid));
        }
        return batches;
    }

    private static final class Batch {
        private final Map<WatchKind, List<String>> paths = new EnumMap<>(WatchKind.class);
        private int bytes;

        Batch() {
            for (WatchKind kind : WatchKind.values()) {
                paths.put(kind, new ArrayList<>());
            }
        }

        SetWatchesRequest request(long relativeZxid) {
            return new SetWatchesRequest(
                    relativeZxid,
                    paths.get(WatchKind.DATA),
                    paths.get(WatchKind.EXIST),
                    paths.get(WatchKind.CHILD),
                    paths.get(WatchKind.PERSISTENT),
                    paths.get(WatchKind.PERSISTENT_RECURSIVE));
        }
    }
}
