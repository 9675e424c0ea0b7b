package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.rebalance.Ownership.Held;
import io.quorate.groups.rebalance.Ownership.Phase;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings what a member owns to what it should own, one partition at a time and touching no other (consumer-groups D3): gives up
 * what is not planned, in transactions that also hold the last offsets; then takes what is free, in transactions that also
 * prove the plan; then reads offsets and lets the host begin.
 *
 * <pre>
 *   doubts settled ─► host has stopped ─► released ─► claimed ─► offsets read ─► host begins
 * </pre>
 */
final class Handover {
    /** How a run ended. */
    enum Outcome {
        /** Everything planned is owned, and nothing else. */
        DONE,
        /** Some of it is still held by others; their nodes are watched. */
        BLOCKED,
        /** The plan is not valid any more. */
        STALE,
        /** The connection was lost; to be run again when it is back. */
        INTERRUPTED
    }

    /**
     * What should be owned.
     *
     * @param threads partition to the thread it is for
     * @param guards of every claim, behind that of the registration
     * @param revokeMillis how long the host may take
     */
    record Plan(SortedMap<TopicPartition, String> threads, List<TreeOp> guards, long revokeMillis) {}

    private final Context context;
    private final Parents parents;
    private final CurrentRun run = new CurrentRun();
    private final Release release;
    private Plan plan;
    private Consumer<Outcome> done;
    private boolean blocked;
    private Runnable waiting = () -> {};

    Handover(Context context, Commits commits, Parents parents) {
        this.context = context;
        this.parents = parents;
        this.release = new Release(context, commits, parents, run, () -> waiting.run());
    }

    boolean isRunning() {
        return done != null;
    }

    /** Whether a run waits for the host only: it may as well be begun anew, with another plan. */
    boolean isWaiting() {
        return isRunning() && release.isWaiting();
    }

    /** Says whom to tell when a run begins to wait for the host. */
    void onWaiting(Runnable told) {
        waiting = told;
    }

    /** Starts a run; there must be none. */
    void run(Plan wanted, Consumer<Outcome> whenDone) {
        assert done == null;
        plan = wanted;
        done = whenDone;
        blocked = false;
        run.next();
        release.begin(plan, this::ensureParents, () -> finish(Outcome.INTERRUPTED));
    }

    /** Forgets the run: its answers will not come, or do not matter any more. */
    void abort() {
        done = null;
        run.next();
        release.abort();
    }

    private void finish(Outcome outcome) {
        Consumer<Outcome> told = done;
        abort();
        told.accept(outcome);
    }

    /** The host has obeyed an order to stop, perhaps one that nobody waits for any more. */
    void onRevoked(long revocation) {
        release.onRevoked(revocation);
    }

    private Ownership ownership() {
        return context.ownership;
    }

    // ---- taking

    private void ensureParents() {
        List<String> topics =
                plan.threads().keySet().stream().map(TopicPartition::topic).toList();
        Runnable then = run.only(() -> {
            renameThreads();
            take(missing());
        });
        parents.ensure(topics, then, run.only((Answer answer) -> {
            if (answer.isLasting()) {
                // Those of other topics may be there.
                then.run();
            } else {
                finish(Outcome.INTERRUPTED);
            }
        }));
    }

    /** Many are tried at once: at a cold start nobody has them, and a question for each would cost more than a refusal. */
    private void take(List<TopicPartition> wanted) {
        if (wanted.size() > context.limits.look()) {
            claim(wanted);
        } else {
            look(wanted, new ArrayList<>());
        }
    }

    private List<TopicPartition> missing() {
        List<TopicPartition> missing = new ArrayList<>(plan.threads().keySet());
        missing.removeIf(ownership()::has);
        return missing;
    }

    /** What stays may be meant for another thread of the same member. */
    private void renameThreads() {
        List<TopicPartition> renamed = new ArrayList<>();
        plan.threads().forEach((partition, thread) -> {
            Held held = ownership().get(partition);
            if (held != null && !thread.equals(held.thread)) {
                held.thread = thread;
                renamed.add(partition);
            }
        });
        for (int from = 0; from < renamed.size(); from += context.limits.handover()) {
            int to = Math.min(renamed.size(), from + context.limits.handover());
            List<TreeOp> ops = new ArrayList<>(List.of(context.checkSelf()));
            for (TopicPartition each : renamed.subList(from, to)) {
                byte[] thread = bytes(plan.threads().get(each));
                ops.add(new TreeOp.SetData(context.paths.owner(each), thread, TreeOp.ANY));
            }
            context.requests.multi(ops, answer -> {});
        }
    }

    /** Asks who holds these, and to be told when that changes; not of all at once, as a client lets only so many wait. */
    private void look(List<TopicPartition> wanted, List<TopicPartition> free) {
        if (wanted.isEmpty()) {
            claim(free);
            return;
        }
        int window = Math.min(context.limits.window(), wanted.size());
        int[] unanswered = {window};
        boolean[] failed = {false};
        for (TopicPartition each : wanted.subList(0, window)) {
            Consumer<Answer> then = run.only((Answer answer) -> {
                unanswered[0]--;
                if (answer.isOk()) {
                    sort(each, answer.results().get(0), free);
                } else if (answer.isRefusal()) {
                    refuse("a look at an owner in " + each.topic(), answer);
                } else {
                    failed[0] = true;
                }
                if (unanswered[0] == 0 && failed[0]) {
                    finish(Outcome.INTERRUPTED);
                } else if (unanswered[0] == 0) {
                    look(wanted.subList(window, wanted.size()), free);
                }
            });
            context.requests.exists(context.paths.owner(each), then);
        }
    }

    /** Some of many are taken: one read says which, so that not each of them costs a refused transaction; those are watched. */
    private void sift(List<TopicPartition> wanted) {
        List<TreeRead> reads = wanted.stream()
                .map(each -> TreeRead.data(context.paths.owner(each)))
                .toList();
        context.requests.read(reads, run.only((Answer answer) -> {
            if (!answer.isOk()) {
                finish(Outcome.INTERRUPTED);
                return;
            }
            List<TopicPartition> free = new ArrayList<>();
            List<TopicPartition> taken = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                boolean isFree = answer.results().get(i).error() == ErrorCode.NO_NODE;
                (isFree ? free : taken).add(wanted.get(i));
            }
            look(taken, free);
        }));
    }

    private void sort(TopicPartition partition, OpResult node, List<TopicPartition> free) {
        if (node.stat() == null) {
            free.add(partition);
        } else if (context.isMine(node)) {
            // A claim whose answer was lost.
            ownership().add(partition, Phase.CLAIMED, "");
        } else {
            blocked = true;
        }
    }

    private void claim(List<TopicPartition> free) {
        if (free.isEmpty()) {
            readOffsets();
            return;
        }
        List<TopicPartition> batch = List.copyOf(free.subList(0, Math.min(context.limits.handover(), free.size())));
        List<TopicPartition> rest = new ArrayList<>(free.subList(batch.size(), free.size()));
        List<TreeOp> ops = new ArrayList<>(List.of(context.checkSelf()));
        ops.addAll(plan.guards());
        int guards = ops.size();
        for (TopicPartition each : batch) {
            byte[] thread = bytes(plan.threads().get(each));
            ops.add(new TreeOp.Create(context.paths.owner(each), thread, TreeOp.Kind.EPHEMERAL));
            ownership().add(each, Phase.UNCERTAIN, plan.threads().get(each));
        }
        context.requests.multi(ops, run.only((Answer answer) -> onClaimed(answer, guards, batch, rest)));
    }

    private void onClaimed(Answer answer, int guards, List<TopicPartition> batch, List<TopicPartition> rest) {
        if (answer.isOk()) {
            ownership().move(batch, Phase.CLAIMED);
            claim(rest);
            return;
        }
        if (!answer.isRefusal()) {
            finish(Outcome.INTERRUPTED);
            return;
        }
        batch.forEach(ownership()::remove);
        if (answer.index() == 0) {
            context.fate.gone("a claim found the registration gone");
        } else if (answer.index() < guards && answer.isLasting()) {
            refuse("a claim", answer);
            readOffsets();
        } else if (answer.index() < guards) {
            finish(Outcome.STALE);
        } else {
            rest.addAll(batch);
            refused(batch.get(answer.index() - guards), answer, rest);
        }
    }

    /** One was taken meanwhile, or its parent is gone: the others are tried again at once. */
    private void refused(TopicPartition which, Answer answer, List<TopicPartition> rest) {
        if (answer.isLasting()) {
            claimOthers(which.topic(), answer, rest);
        } else if (answer.error() != ErrorCode.NODE_EXISTS) {
            parents.forget(which.topic());
            Consumer<Answer> failed = run.only((Answer why) -> {
                if (why.isLasting()) {
                    claimOthers(which.topic(), why, rest);
                } else {
                    finish(Outcome.INTERRUPTED);
                }
            });
            parents.ensure(List.of(which.topic()), run.only(() -> claim(rest)), failed);
        } else if (rest.size() > context.limits.look()) {
            sift(rest);
        } else {
            rest.remove(which);
            look(List.of(which), rest);
        }
    }

    private void refuse(String what, Answer answer) {
        context.complain(what, answer);
        blocked = true;
    }

    /** This topic is for another round, after a while. */
    private void claimOthers(String topic, Answer answer, List<TopicPartition> rest) {
        refuse("a claim in " + topic, answer);
        rest.removeIf(each -> each.topic().equals(topic));
        claim(rest);
    }

    // ---- beginning

    private void readOffsets() {
        List<TopicPartition> claimed = List.copyOf(ownership().in(Phase.CLAIMED));
        List<TreeRead> reads = claimed.stream()
                .map(each -> TreeRead.data(context.paths.offset(each)))
                .toList();
        Consumer<Answer> then = run.only((Answer answer) -> {
            if (!answer.isOk()) {
                finish(Outcome.INTERRUPTED);
                return;
            }
            begin(claimed, answer.results());
            finish(blocked || release.isRefused() ? Outcome.BLOCKED : Outcome.DONE);
        });
        context.requests.read(reads, then);
    }

    private void begin(List<TopicPartition> claimed, List<OpResult> offsets) {
        Map<TopicPartition, OptionalLong> positions = new TreeMap<>();
        for (int i = 0; i < claimed.size(); i++) {
            OpResult offset = offsets.get(i);
            Optional<Answer> refusal = Answer.refusal(offset);
            if (refusal.isPresent()) {
                // The host would begin as if nothing were committed. It stays claimed, for another round.
                refuse("the offset of " + claimed.get(i).topic(), refusal.get());
                continue;
            }
            Held held = ownership().get(claimed.get(i));
            held.phase = Phase.OWNED;
            held.offsetVersion = offset.isOk() ? offset.stat().version() : -1;
            held.committed = offset.isOk() ? OffsetBody.read(offset.data()) : OptionalLong.empty();
            positions.put(claimed.get(i), held.committed);
        }
        if (!positions.isEmpty()) {
            context.orders.assigned(positions);
        }
    }

    /** Everything the host has is lost; what of it is still in the tree is looked up by the next run. */
    void loseAll() {
        abort();
        SortedSet<TopicPartition> lost = new TreeSet<>(ownership().withHost());
        ownership().doubtAll();
        if (!lost.isEmpty()) {
            context.orders.lost(lost);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
