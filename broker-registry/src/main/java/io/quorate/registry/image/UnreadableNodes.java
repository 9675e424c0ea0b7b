package io.quorate.registry.image;

import io.quorate.registry.tree.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Owns which nodes the server does not show, or say what nobody understands, and has them read again, ever more rarely. Belongs to one thread. */
public final class UnreadableNodes {
    static final long FIRST_MILLIS = 1_000;
    static final long WAIT_MILLIS_MAX = 60_000;

    private final Timers timers;
    private final Consumer<Collection<String>> again;
    private final Set<String> paths = new LinkedHashSet<>();
    private long waitMillis = FIRST_MILLIS;
    private boolean isDue;

    /** @param again reads these again */
    public UnreadableNodes(Timers timers, Consumer<Collection<String>> again) {
        this.timers = timers;
        this.again = again;
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean contains(String path) {
        return paths.contains(path);
    }

    Set<String> paths() {
        return Collections.unmodifiableSet(paths);
    }

    /** It was read, and is what it should be. */
    public void remove(String path) {
        if (paths.remove(path) && paths.isEmpty()) {
            waitMillis = FIRST_MILLIS;
        }
    }

    /** It could not be read. Whether that is news. */
    public boolean add(String path) {
        boolean isNew = paths.add(path);
        if (!isDue) {
            isDue = true;
            timers.after(waitMillis, this::retry);
            waitMillis = Math.min(WAIT_MILLIS_MAX, waitMillis * 2);
        }
        return isNew;
    }

    private void retry() {
        isDue = false;
        List<String> open = new ArrayList<>(paths);
        if (!open.isEmpty()) {
            again.accept(open);
        }
    }
}
