package io.quorate.registry.member;

import io.quorate.registry.image.UnreadableNodes;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says whether a candidate stands so far to the front of the line that it is to be ready to take over (registry spec 13.4): who
 * stands farther back is a candidate, too, but does not follow what only a controller needs.
 *
 * <p>Those at the back watch as many before them as there are at the front. So they are told when somebody before them leaves
 * whose place matters to them, a death wakes a few and not all, and nobody lists the line again and again. Places only get
 * better: who is ready stays so.
 */
final class StandbyLine {
    private final Tree tree;
    private final int standbys;
    private final Consumer<Boolean> placed;
    private final Consumer<String> trouble;
    /** The line, and those in it that could not be watched. */
    private final UnreadableNodes unreadable;

    private final Set<String> watched = new HashSet<>();
    private String candidate;
    private boolean isLooking;
    private boolean mustLookAgain;
    private boolean isReady;
    private boolean isClosed;

    /**
     * A line in which we do not stand yet.
     *
     * @param standbys how many behind the first are to be ready
     * @param placed gets whether we are to be ready, each time that the line was looked at until we are; no, if it cannot be
     * @param trouble gets what can be neither read nor watched, once each until it can
     */
    StandbyLine(Tree tree, Timers timers, int standbys, Consumer<Boolean> placed, Consumer<String> trouble) {
        this.tree = tree;
        this.standbys = standbys;
        this.placed = placed;
        this.trouble = trouble;
        unreadable = new UnreadableNodes(timers, this::again);
    }

    /** We have a place. */
    void stand(String name) {
        candidate = name;
        look();
    }

    boolean isStanding() {
        return candidate != null;
    }

    /** There is a connection again. */
    void onConnected() {
        look();
    }

    /** The session is over. */
    void close() {
        isClosed = true;
    }

    private void look() {
        mustLookAgain = isLooking;
        if (!isLooking && isStanding() && !isReady && !isClosed) {
            isLooking = true;
            tree.read(List.of(Read.children(RegistryPaths.CANDIDATES)), this::onListed);
        }
    }

    private void onListed(ReadReply reply) {
        isLooking = false;
        if (isClosed) {
            return;
        }
        if (mustLookAgain) {
            look();
        } else if (reply.isOk()) {
            unreadable.remove(RegistryPaths.CANDIDATES);
            onLine(reply.nodes().get(0).children());
        } else if (reply.error() != ErrorCode.CONNECTION_LOSS) {
            refused(RegistryPaths.CANDIDATES, " cannot be read", reply.error());
            placed.accept(false);
        }
    }

    private void refused(String path, String what, ErrorCode error) {
        if (unreadable.add(path)) {
            trouble.accept(path + what + ", and is tried again later: " + error);
        }
    }

    private void again(Collection<String> paths) {
        for (String path : paths) {
            if (path.equals(RegistryPaths.CANDIDATES)) {
                look();
            } else if (!isReady && !isClosed) {
                watch(RegistryPaths.name(path));
            }
        }
    }

    private void onLine(List<String> candidates) {
        List<String> before = new ArrayList<>(candidates);
        before.removeIf(other -> other.compareTo(candidate) >= 0);
        before.sort(null);
        isReady = before.size() <= standbys;
        placed.accept(isReady);
        if (!isReady) {
            before.subList(before.size() - standbys - 1, before.size()).forEach(this::watch);
        }
    }

    private void watch(String name) {
        if (watched.add(name)) {
            String path = RegistryPaths.CANDIDATES + "/" + name;
            tree.watchOnce(path, change -> onGone(name), reply -> onWatched(path, reply));
        }
    }

    private void onWatched(String path, ReadReply reply) {
        String name = RegistryPaths.name(path);
        if (reply.isOk()) {
            unreadable.remove(path);
            if (!reply.nodes().get(0).exists()) {
                onGone(name);
            }
            return;
        }
        watched.remove(name);
        // When a lost connection is back, this look is repeated.
        if (reply.error() != ErrorCode.CONNECTION_LOSS && !isClosed) {
            refused(path, " cannot be watched", reply.error());
        }
    }

    private void onGone(String name) {
        watched.remove(name);
        look();
    }
}
