package io.quorate.registry.member;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import java.util.ArrayList;
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
     * @param placed gets whether we are to be ready, each time that the line was looked at until we are
     */
    StandbyLine(Tree tree, int standbys, Consumer<Boolean> placed) {
        this.tree = tree;
        this.standbys = standbys;
        this.placed = placed;
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
            onLine(reply.nodes().get(0).children());
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
            tree.watchOnce(RegistryPaths.CANDIDATES + "/" + name, change -> onGone(name), reply -> {
                if (!reply.isOk()) {
                    // The connection is lost; when it is back, this look is repeated.
                    watched.remove(name);
                } else if (!reply.nodes().get(0).exists()) {
                    onGone(name);
                }
            });
        }
    }

    private void onGone(String name) {
        watched.remove(name);
        look();
    }
}
