package io.quorate.groups.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The watches that a client knows it has: those whose answer has arrived. It sets them again on its next connection; a watch
 * whose answer was lost is lost, also if the server had set it.
 */
final class SimWatches {
    private final Set<String> persistent = new TreeSet<>();
    private final Set<String> recursive = new TreeSet<>();
    private final Set<String> oneShot = new TreeSet<>();

    void add(String path, boolean withAllBelow) {
        (withAllBelow ? recursive : persistent).add(path);
    }

    void remove(String path, boolean withAllBelow) {
        (withAllBelow ? recursive : persistent).remove(path);
    }

    void addOneShot(String path) {
        oneShot.add(path);
    }

    void fired(String path) {
        oneShot.remove(path);
    }

    void clear() {
        persistent.clear();
        recursive.clear();
        oneShot.clear();
    }

    /**
     * At the server of a new connection.
     *
     * @return nodes with a one-shot watch that are gone: the server says so at once. Persistent watches do not report what
     *     they have missed
     */
    List<String> setAgain(ModelTree tree, long session) {
        tree.forgetWatches(session);
        persistent.forEach(path -> tree.watch(session, path, false));
        recursive.forEach(path -> tree.watch(session, path, true));
        List<String> gone = new ArrayList<>();
        for (String path : oneShot) {
            if (tree.get(path) == null) {
                gone.add(path);
            } else {
                tree.exists(session, path);
            }
        }
        return gone;
    }
}
