package io.quorate.groups.rebalance;

import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.proto.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The persistent watches that one session wants and has: brings the second in line with the first. A watch whose answer is lost
 * is lost; one whose removal fails is still there.
 */
final class Watches {
    private static final long RETRY_MILLIS = 1_000;

    private final Context context;
    private final Set<String> set = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private Set<String> wanted = new HashSet<>();

    Watches(Context context) {
        this.context = context;
    }

    /** Exactly these from now on: asks for what is missing, so that what is read next is not missed, and drops the rest. */
    void want(Set<String> paths) {
        wanted = new HashSet<>(paths);
        paths.stream().sorted().filter(path -> !set.contains(path)).forEach(this::ask);
        dropUnwanted();
    }

    /** Whether the server has it, as far as is known. */
    boolean isSet(String path) {
        return set.contains(path);
    }

    /** A new session has none. */
    void forgetAll() {
        set.clear();
        asked.clear();
        wanted.clear();
    }

    /** What is below the members' parent is theirs; of all else only the node itself is of interest. */
    private boolean isRecursive(String path) {
        return path.equals(context.paths.ids());
    }

    private void ask(String path) {
        if (!asked.add(path)) {
            return;
        }
        context.requests.watch(path, isRecursive(path), answer -> {
            asked.remove(path);
            if (answer.isOk()) {
                set.add(path);
                dropUnwanted();
            }
        });
    }

    private void dropUnwanted() {
        List<String> unwanted =
                set.stream().filter(path -> !wanted.contains(path)).sorted().toList();
        unwanted.forEach(this::drop);
    }

    private void drop(String path) {
        set.remove(path);
        context.requests.unwatch(path, isRecursive(path), answer -> {
            boolean isGone = answer.isOk() || answer.error() == ErrorCode.NO_WATCHER;
            if (!isGone && !wanted.contains(path)) {
                set.add(path);
                context.timers.in(Timer.UNWATCH, RETRY_MILLIS, this::dropUnwanted);
            }
        });
    }
}
