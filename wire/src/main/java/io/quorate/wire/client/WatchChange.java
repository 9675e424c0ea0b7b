package io.quorate.wire.client;

import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.Set;

/** What the answer to a request does to the client's watches. */
sealed interface WatchChange {
    /** The node, as the server calls it. */
    String path();

    /** Carries it out, now that the server has answered so; gives who is to be told of what. */
    List<Notice> apply(ErrorCode answer, WatchRegistry registry);

    /** Does to the watchers of this path in one list what {@link #apply} will do if the server answers OK. */
    void foresee(WatchKind list, Set<Watcher> watchers);

    /** Whether it is carried out even if the caller was told already that there is no answer. */
    boolean isAppliedLate();

    /**
     * A watch that the server has set when it answers OK.
     *
     * @param whenMissing in which list it is when the server answers that there is no such node; null for in none
     */
    record Registration(String path, WatchKind kind, WatchKind whenMissing, Watcher watcher) implements WatchChange {
        @Override
        public List<Notice> apply(ErrorCode answer, WatchRegistry registry) {
            if (answer == ErrorCode.OK) {
                registry.add(kind, path, watcher);
            } else if (answer == ErrorCode.NO_NODE && whenMissing != null) {
                registry.add(whenMissing, path, watcher);
            }
            return List.of();
        }

        @Override
        public void foresee(WatchKind list, Set<Watcher> watchers) {
            if (list == kind || list == whenMissing) {
                watchers.add(watcher);
            }
        }

        /** Whoever was told that this has failed expects no events. */
        @Override
        public boolean isAppliedLate() {
            return false;
        }
    }

    /**
     * Watches that the server has removed when it answers OK, and that it does not have when it answers NO_WATCHER.
     *
     * @param clientPath the node, as the client calls it
     * @param watcher whose, or null for all
     */
    record Removal(String path, String clientPath, WatcherType type, Watcher watcher) implements WatchChange {
        @Override
        public List<Notice> apply(ErrorCode answer, WatchRegistry registry) {
            boolean gone = answer == ErrorCode.OK || answer == ErrorCode.NO_WATCHER;
            return gone ? registry.remove(this) : List.of();
        }

        @Override
        public void foresee(WatchKind list, Set<Watcher> watchers) {
            if (list.isOf(type)) {
                if (watcher == null) {
                    watchers.clear();
                } else {
                    watchers.remove(watcher);
                }
            }
        }

        /** The server has no such watch any more: who still counted on it would wait in vain. */
        @Override
        public boolean isAppliedLate() {
            return true;
        }
    }
}
