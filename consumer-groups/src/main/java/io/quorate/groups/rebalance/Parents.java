package io.quorate.groups.rebalance;

import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes sure that nodes are there before something is created below them; looks first, since a failed create costs a write. */
final class Parents {
    private static final int KNOWN_MAX = 10_000;

    private final Context context;
    private final Set<String> known = new TreeSet<>();

    Parents(Context context) {
        this.context = context;
    }

    /** The nodes below which owners and offsets of these topics are; {@code failed} gets the first failure if they cannot be. */
    void ensure(Collection<String> topics, Runnable then, Consumer<Answer> failed) {
        List<String> wanted = new ArrayList<>();
        for (String topic : new TreeSet<>(topics)) {
            if (!known.contains(topic)) {
                wanted.add(context.paths.owners(topic));
                wanted.add(context.paths.offsets(topic));
            }
        }
        ensurePaths(
                wanted,
                () -> {
                    known.addAll(topics);
                    if (known.size() > Math.max(KNOWN_MAX, 2 * topics.size())) {
                        // Topics come and go; to look once too often does no harm.
                        known.retainAll(Set.copyOf(topics));
                    }
                    then.run();
                },
                failed);
    }

    /** Somebody has deleted them. */
    void forget(String topic) {
        known.remove(topic);
    }

    /** Nodes and their parents; {@code then} runs only if they are there, else {@code failed}. */
    void ensurePaths(List<String> paths, Runnable then, Consumer<Answer> failed) {
        missing(paths, missing -> create(missing, then, failed), failed);
    }

    /** Looks which of these nodes and of their parents are missing; {@code then} gets them, parents first, or {@code failed} why not. */
    void missing(List<String> paths, Consumer<List<String>> then, Consumer<Answer> failed) {
        Set<String> all = new TreeSet<>();
        for (String path : paths) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                all.add(path.substring(0, slash));
            }
            all.add(path);
        }
        List<TreeRead> reads = all.stream().map(TreeRead::data).toList();
        List<String> inOrder = List.copyOf(all);
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                // Whatever the reason, nothing was refused for the sake of one of these nodes.
                failed.accept(Answer.none(answer.error()));
                return;
            }
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < inOrder.size(); i++) {
                // One that may not be read is there.
                if (answer.results().get(i).error() == ErrorCode.NO_NODE) {
                    missing.add(inOrder.get(i));
                }
            }
            then.accept(missing);
        });
    }

    /** Each for itself: others may be making the same. */
    private void create(List<String> missing, Runnable then, Consumer<Answer> failed) {
        if (missing.isEmpty()) {
            then.run();
            return;
        }
        int[] unanswered = {missing.size()};
        List<Answer> failures = new ArrayList<>();
        Consumer<Answer> count = answer -> {
            unanswered[0]--;
            if (!answer.isOk() && answer.error() != ErrorCode.NODE_EXISTS) {
                failures.add(answer);
            }
            if (unanswered[0] == 0 && failures.isEmpty()) {
                then.run();
            } else if (unanswered[0] == 0) {
                failed.accept(failures.get(0));
            }
        };
        missing.forEach(path -> context.requests.multi(List.of(TreeOp.plain(path)), count));
    }
}
