package io.quorate.wire.client;

import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/** What the answer to a request does to the client's watches. */
sealed interface WatchChange {
    /** The node, as the server calls it. */
    String path();

    /** Carries it out, now that the server has answered so; gives who is to be told of what. */
    List<Notice> apply(ErrorCode answer, WatchRegistry registry);

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
    }
}
