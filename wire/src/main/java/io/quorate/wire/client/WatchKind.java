package io.quorate.wire.client;

import io.quorate.wire.proto.EventType;

/** Owns the lists in which a client keeps its watches; the names are those of setWatches (client-protocol section 8.14). */
enum WatchKind {
    DATA(WatcherType.DATA, EventType.DATA_WATCH_REMOVED),
    EXIST(WatcherType.DATA, EventType.DATA_WATCH_REMOVED),
    CHILD(WatcherType.CHILDREN, EventType.CHILD_WATCH_REMOVED),
    PERSISTENT(WatcherType.PERSISTENT, EventType.PERSISTENT_WATCH_REMOVED),
    PERSISTENT_RECURSIVE(WatcherType.PERSISTENT_RECURSIVE, EventType.PERSISTENT_WATCH_REMOVED);

    private final WatcherType type;
    private final EventType removed;

    WatchKind(WatcherType type, EventType removed) {
        this.type = type;
        this.removed = removed;
    }

    /** Whether removing this type of watches removes those of this list. */
    boolean isOf(WatcherType removedType) {
        return removedType == type || removedType == WatcherType.ANY;
    }

    /** What a watcher is told that loses its watch. */
    EventType removed() {
        return removed;
    }

    static WatchKind of(AddWatchMode mode) {
        return switch (mode) {
            case PERSISTENT -> PERSISTENT;
            case PERSISTENT_RECURSIVE -> PERSISTENT_RECURSIVE;
        };
    }
}
