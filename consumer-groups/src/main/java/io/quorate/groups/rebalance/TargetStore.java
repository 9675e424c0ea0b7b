package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.Generation;
import io.quorate.groups.layout.Target;
import io.quorate.wire.client.OpResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The targets as a leader knows them, and writes them. No two ever name the same partition, at any moment: changes go into one
 * transaction, or, if they are too many, what shrinks goes before what grows (consumer-groups D4).
 */
final class TargetStore {
    private static final int OPS_MAX = 2_000;
    private static final int BYTES_MAX = 512 << 10;

    private final Context context;
    /** Null while not known. */
    private SortedMap<String, Target> targets;

    TargetStore(Context context) {
        this.context = context;
    }

    boolean isKnown() {
        return targets != null;
    }

    SortedMap<String, Target> all() {
        return Collections.unmodifiableSortedMap(targets);
    }

    void forget() {
        targets = null;
    }

    /** Reads them; {@code then} gets the reason if that was not possible. */
    void load(Consumer<Answer> then) {
        List<TreeRead> list = List.of(TreeRead.children(context.paths.targets()));
        context.requests.read(list, answer -> {
            if (!answer.isOk()) {
                then.accept(answer);
                return;
            }
            OpResult found = answer.results().get(0);
            if (found.isOk()) {
                loadBodies(new TreeMap<>(), List.copyOf(new TreeSet<>(found.children())), then);
            } else {
                then.accept(Answer.failed(found.error(), 0));
            }
        });
    }

    /** Reads these anew, which may be gone; {@code then} gets the reason if that was not possible. */
    void reread(List<String> keys, Consumer<Answer> then) {
        SortedMap<String, Target> others = new TreeMap<>(targets);
        keys.forEach(others::remove);
        loadBodies(others, keys, then);
    }

    private void loadBodies(SortedMap<String, Target> others, List<String> keys, Consumer<Answer> then) {
        List<TreeRead> reads = keys.stream()
                .map(key -> TreeRead.data(context.paths.target(key)))
                .toList();
        context.requests.read(reads, answer -> {
            // One that may not be read is not taken for missing.
            Answer whole = answer.whole();
            if (whole.isOk()) {
                targets = others;
                for (int i = 0; i < keys.size(); i++) {
                    put(keys.get(i), answer.results().get(i));
                }
            }
            then.accept(whole);
        });
    }

    private void put(String key, OpResult result) {
        if (result.isOk()) {
            Optional<Target> target = Target.read(result.data());
            // One that nobody can read assigns nothing, and is written over or deleted.
            targets.put(key, target.orElse(new Target(0, "", new TreeSet<>())));
        }
    }

    /**
     * Writes what differs.
     *
     * @param guard proves that this leader still leads; part of every transaction
     * @param last part of the last transaction, or of one of its own if nothing differs and there is any
     * @param then gets the answer to the last transaction, or to the one that failed
     */
    void write(SortedMap<String, Target> after, TreeOp guard, List<TreeOp> last, Consumer<Answer> then) {
        List<List<TreeOp>> transactions = new ArrayList<>();
        List<TreeOp> all = differences(targets, after);
        if (all.isEmpty() && last.isEmpty()) {
            then.accept(Answer.of(List.of()));
            return;
        }
        if (fits(all)) {
            transactions.add(new ArrayList<>(all));
        } else {
            SortedMap<String, Target> shrunk = shrunk(after);
            split(differences(targets, shrunk), transactions);
            split(differences(shrunk, after), transactions);
        }
        transactions.get(transactions.size() - 1).addAll(last);
        transactions.forEach(each -> each.add(0, guard));
        targets = null;
        writeNext(transactions, 0, answer -> {
            targets = answer.isOk() ? after : null;
            then.accept(answer);
        });
    }

    private void writeNext(List<List<TreeOp>> transactions, int index, Consumer<Answer> then) {
        context.requests.multi(transactions.get(index), answer -> {
            if (answer.isOk() && index + 1 < transactions.size()) {
                writeNext(transactions, index + 1, then);
            } else {
                then.accept(answer);
            }
        });
    }

    private List<TreeOp> differences(Map<String, Target> before, Map<String, Target> after) {
        List<TreeOp> ops = new ArrayList<>();
        SortedSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            String path = context.paths.target(key);
            if (!after.containsKey(key)) {
                ops.add(new TreeOp.Delete(path, TreeOp.ANY));
            } else if (!before.containsKey(key)) {
                ops.add(new TreeOp.Create(path, after.get(key).bytes(), TreeOp.Kind.PERSISTENT));
            } else if (!after.get(key).equals(before.get(key))) {
                ops.add(new TreeOp.SetData(path, after.get(key).bytes(), TreeOp.ANY));
            }
        }
        return ops;
    }

    /** What of the present targets stays; those that go are gone. */
    private SortedMap<String, Target> shrunk(SortedMap<String, Target> after) {
        SortedMap<String, Target> shrunk = new TreeMap<>();
        targets.forEach((key, old) -> {
            Target wanted = after.get(key);
            if (wanted != null) {
                SortedSet<TopicPartition> stays = new TreeSet<>(old.assign());
                stays.retainAll(wanted.assign());
                shrunk.put(
                        key, stays.equals(old.assign()) ? old : new Target(wanted.generation(), old.member(), stays));
            }
        });
        return shrunk;
    }

    private static boolean fits(List<TreeOp> ops) {
        return ops.size() <= OPS_MAX && bytes(ops) <= BYTES_MAX;
    }

    private static int bytes(List<TreeOp> ops) {
        return ops.stream().mapToInt(TargetStore::bytes).sum();
    }

    private static int bytes(TreeOp op) {
        byte[] data = op instanceof TreeOp.Create create
                ? create.data()
                : op instanceof TreeOp.SetData set ? set.data() : new byte[0];
        return op.path().length() + data.length;
    }

    private static void split(List<TreeOp> ops, List<List<TreeOp>> transactions) {
        List<TreeOp> open = new ArrayList<>();
        for (TreeOp each : ops) {
            open.add(each);
            if (open.size() == OPS_MAX || bytes(open) > BYTES_MAX / 2) {
                transactions.add(open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty() || transactions.isEmpty()) {
            transactions.add(open);
        }
    }

    /** For operators: what was decided last. */
    static TreeOp generation(Context context, SortedMap<String, Target> after, int members) {
        int number = after.values().stream().mapToInt(Target::generation).max().orElse(0);
        int partitions =
                after.values().stream().mapToInt(each -> each.assign().size()).sum();
        Generation body = new Generation(
                number,
                context.self.id(),
                members,
                partitions,
                context.config.policy().assignor().name());
        return new TreeOp.SetData(context.paths.generation(), body.bytes(), TreeOp.ANY);
    }
}
