package io.quorate.groups.rebalance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Numbers requests and remembers what is to be done with their answers. What belongs to a session that is over is forgotten. */
final class Requests {
    /** How many parts one request has at most. */
    static final int PARTS_MAX = 500;

    private final Orders orders;
    private final Map<Long, Consumer<Answer>> waiting = new HashMap<>();
    private long lastId;

    Requests(Orders orders) {
        this.orders = orders;
    }

    void multi(List<TreeOp> ops, Consumer<Answer> then) {
        orders.multi(expect(then), List.copyOf(ops));
    }

    /** Reads in as many requests as it takes; {@code then} gets all results, or the first failure. */
    void read(List<TreeRead> reads, Consumer<Answer> then) {
        if (reads.isEmpty()) {
            then.accept(Answer.of(List.of()));
            return;
        }
        int batches = (reads.size() + PARTS_MAX - 1) / PARTS_MAX;
        List<Answer> answers = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            List<TreeRead> batch = reads.subList(b * PARTS_MAX, Math.min(reads.size(), (b + 1) * PARTS_MAX));
            orders.read(
                    expect(answer -> {
                        answers.add(answer);
                        if (answers.size() == batches) {
                            then.accept(joined(answers));
                        }
                    }),
                    List.copyOf(batch));
        }
    }

    private static Answer joined(List<Answer> answers) {
        List<io.quorate.wire.client.OpResult> all = new ArrayList<>();
        for (Answer each : answers) {
            if (!each.isOk()) {
                return each;
            }
            all.addAll(each.results());
        }
        return Answer.of(all);
    }

    void exists(String path, Consumer<Answer> then) {
        orders.exists(expect(then), path);
    }

    void watch(String path, boolean recursive, Consumer<Answer> then) {
        orders.watch(expect(then), path, recursive);
    }

    void unwatch(String path, boolean recursive, Consumer<Answer> then) {
        orders.unwatch(expect(then), path, recursive);
    }

    private long expect(Consumer<Answer> then) {
        lastId++;
        waiting.put(lastId, then);
        return lastId;
    }

    void onAnswer(long id, Answer answer) {
        Consumer<Answer> then = waiting.remove(id);
        if (then != null) {
            then.accept(answer);
        }
    }

    void forgetAll() {
        waiting.clear();
    }
}
