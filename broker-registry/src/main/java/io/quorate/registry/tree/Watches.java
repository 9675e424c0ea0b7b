package io.quorate.registry.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Owns who listens to the watches of one session: each is registered with the server once, however many come and go, so that a
 * broker that is elected again and again does not hear everything more and more often.
 *
 * <p>Belongs to the thread of its tree.
 */
public final class Watches {
    private record Watched(String path, boolean isRecursive) {}

    private record Listener(Object owner, Consumer<NodeChange> told) {}

    private final Tree tree;
    private final Map<Watched, List<Listener>> listeners = new LinkedHashMap<>();

    public Watches(Tree tree) {
        this.tree = tree;
    }

    /**
     * Has somebody told of changes, as {@link Tree#watch} says, until {@link #forget}.
     *
     * @param owner on whose behalf
     */
    public void listen(Object owner, String path, boolean isRecursive, Consumer<NodeChange> told) {
        Watched watched = new Watched(path, isRecursive);
        if (!listeners.containsKey(watched)) {
            listeners.put(watched, new ArrayList<>());
            tree.watch(path, isRecursive, change -> tell(watched, change));
        }
        listeners.get(watched).add(new Listener(owner, told));
    }

    /** Nothing is told any more on behalf of this owner. */
    public void forget(Object owner) {
        listeners
                .values()
                .forEach(each -> each.removeIf(listener -> listener.owner().equals(owner)));
    }

    private void tell(Watched watched, NodeChange change) {
        List.copyOf(listeners.get(watched)).forEach(each -> each.told().accept(change));
    }
}
