package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.rebalance.Ownership.Held;
import io.quorate.groups.rebalance.Ownership.Phase;
import io.quorate.wire.client.OpResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Gives up what a member should not own (consumer-groups D3, step 2): finds out what of it is doubtful, has the host stop, and
 * deletes the owners' nodes in transactions that also hold the last offsets.
 */
final class Release {
    private final Context context;
    private final Commits commits;
    private final Parents parents;
    private final CurrentRun run;
    private final Runnable waiting;
    private Set<TopicPartition> planned;
    private long revokeMillis;
    private Runnable finished;
    private Runnable interrupted;
    private boolean isWaiting;
    /** Topics in which a server has refused to let something go, for a reason that stays. */
    private final Set<String> refused = new HashSet<>();

    private long lastRevocation;

    /** @param waiting runs when nothing can be done before the host has stopped */
    Release(Context context, Commits commits, Parents parents, CurrentRun run, Runnable waiting) {
        this.context = context;
        this.commits = commits;
        this.parents = parents;
        this.run = run;
        this.waiting = waiting;
    }

    /**
     * Begins.
     *
     * @param plan what is kept, and how long the host may take
     * @param whenDone runs when nothing else is left, or what is left cannot be given up now
     * @param whenNot runs if a server could not be asked
     */
    void begin(Handover.Plan plan, Runnable whenDone, Runnable whenNot) {
        planned = plan.threads().keySet();
        revokeMillis = plan.revokeMillis();
        finished = whenDone;
        interrupted = whenNot;
        refused.clear();
        settleDoubts();
    }

    void abort() {
        isWaiting = false;
        context.timers.cancel(Timers.Timer.REVOKE);
    }

    /** Whether a server has refused to let something go, for a reason that stays. */
    boolean isRefused() {
        return !refused.isEmpty();
    }

    private void finish() {
        context.timers.cancel(Timers.Timer.REVOKE);
        finished.run();
    }

    private Ownership ownership() {
        return context.ownership;
    }

    // ---- doubts

    private void settleDoubts() {
        List<TopicPartition> doubtful = List.copyOf(ownership().in(Phase.UNCERTAIN));
        List<TreeRead> reads = doubtful.stream()
                .map(each -> TreeRead.data(context.paths.owner(each)))
                .toList();
        context.requests.read(reads, run.only((Answer answer) -> {
            if (!answer.isOk()) {
                interrupted.run();
                return;
            }
            for (int i = 0; i < doubtful.size(); i++) {
                settle(doubtful.get(i), answer.results().get(i));
            }
            revoke();
        }));
    }

    private void settle(TopicPartition partition, OpResult node) {
        if (context.isMine(node)) {
            Held held = ownership().get(partition);
            // A release that was not done: its offsets have to be written before anybody begins from them.
            held.phase = commits.pending(partition).isPresent() ? Phase.REVOKED : Phase.CLAIMED;
            held.thread = new String(node.data(), StandardCharsets.UTF_8);
        } else {
            released(partition, "the answer to the release of " + partition + " was lost");
        }
    }

    // ---- giving up

    private void revoke() {
        SortedSet<TopicPartition> unplanned = ownership().in(Phase.CLAIMED);
        unplanned.removeAll(planned);
        ownership().move(unplanned, Phase.REVOKED);
        SortedSet<TopicPartition> leaving = ownership().in(Phase.OWNED);
        leaving.removeAll(planned);
        if (!leaving.isEmpty()) {
            ownership().move(leaving, Phase.REVOKING);
            lastRevocation++;
            for (TopicPartition each : leaving) {
                ownership().get(each).revocation = lastRevocation;
                ownership().get(each).revokedAt = context.timers.now();
            }
            context.orders.revoke(lastRevocation, leaving);
        }
        awaitRevoked();
        awaitHost();
    }

    /** What has been revoked already does not wait for what was asked for later. */
    private void awaitHost() {
        isWaiting = true;
        goOnIfRevoked();
        if (isWaiting) {
            waiting.run();
        }
    }

    /** Whether nothing can be done before the host has stopped, so that another run may as well begin. */
    boolean isWaiting() {
        return isWaiting;
    }

    /** Counted from each order, however often the run that gave it was begun anew since. */
    private void awaitRevoked() {
        ownership().in(Phase.REVOKING).stream()
                .mapToLong(this::revokeDeadline)
                .min()
                .ifPresent(due -> context.timers.at(Timers.Timer.REVOKE, due, this::overdue));
    }

    private long revokeDeadline(TopicPartition partition) {
        return ownership().get(partition).revokedAt + revokeMillis;
    }

    /** The host has obeyed an order to stop, perhaps one that nobody waits for any more. */
    void onRevoked(long revocation) {
        for (Held held : ownership().all().values()) {
            if (held.revocation == revocation && held.phase == Phase.REVOKING) {
                held.phase = Phase.REVOKED;
            }
        }
        goOnIfRevoked();
    }

    private void overdue() {
        SortedSet<TopicPartition> late = ownership().in(Phase.REVOKING);
        late.removeIf(each -> revokeDeadline(each) > context.timers.now());
        if (!late.isEmpty()) {
            context.orders.revokeOverdue(late);
            ownership().move(late, Phase.REVOKED);
        }
        awaitRevoked();
        goOnIfRevoked();
    }

    private void goOnIfRevoked() {
        if (isWaiting && (!releasable().isEmpty() || isAllRevoked())) {
            isWaiting = false;
            release();
        }
    }

    private boolean isAllRevoked() {
        return ownership().in(Phase.REVOKING).isEmpty();
    }

    private List<TopicPartition> releasable() {
        return ownership().in(Phase.REVOKED).stream()
                .filter(each -> !refused.contains(each.topic()))
                .toList();
    }

    /** Each batch waits for the commits under way: what is revoked meanwhile may be in one of them. */
    private void release() {
        if (ownership().in(Phase.REVOKED).isEmpty() && isAllRevoked()) {
            finish();
        } else {
            commits.whenIdle(run.only(this::releaseBatch));
        }
    }

    private void endOrWait() {
        if (isAllRevoked()) {
            finish();
        } else {
            awaitHost();
        }
    }

    private void releaseBatch() {
        List<TopicPartition> batch =
                releasable().stream().limit(context.limits.handover()).toList();
        if (batch.isEmpty()) {
            endOrWait();
            return;
        }
        // Should the answer not come: another may have them by then, and must not lose them to a second deletion.
        ownership().move(batch, Phase.UNCERTAIN);
        List<TreeOp> ops = new ArrayList<>(List.of(context.checkSelf()));
        List<TopicPartition> subject = new ArrayList<>();
        subject.add(null);
        for (TopicPartition each : batch) {
            OptionalLong last = commits.pending(each);
            if (last.isPresent()) {
                ops.add(commits.write(each, last.getAsLong()));
                subject.add(each);
            }
            ops.add(new TreeOp.Delete(context.paths.owner(each), TreeOp.ANY));
            subject.add(each);
        }
        context.requests.multi(ops, run.only((Answer answer) -> onReleased(answer, batch, ops, subject)));
    }

    private void onReleased(Answer answer, List<TopicPartition> batch, List<TreeOp> ops, List<TopicPartition> subject) {
        if (answer.isOk()) {
            batch.forEach(each -> released(each, null));
            release();
            return;
        }
        if (!answer.isRefusal()) {
            interrupted.run();
            return;
        }
        ownership().move(batch, Phase.REVOKED);
        if (answer.index() == 0) {
            context.fate.gone("a release found the registration gone");
        } else {
            notReleased(subject.get(answer.index()), ops.get(answer.index()) instanceof TreeOp.Delete, answer);
        }
    }

    private void notReleased(TopicPartition partition, boolean onOwner, Answer answer) {
        if (!onOwner && answer.isLasting()) {
            withoutOffset(partition, answer);
        } else if (!onOwner) {
            rereadOffset(partition);
        } else if (answer.isLasting()) {
            // The other topics' partitions do not wait for an operator.
            context.complain("a release in " + partition.topic(), answer);
            refused.add(partition.topic());
            release();
        } else {
            // Somebody has deleted the node already.
            released(partition, partition + " was taken away");
            release();
        }
    }

    /** Others wait for the partition: it is given up without an offset that cannot be written. */
    private void withoutOffset(TopicPartition partition, Answer answer) {
        context.complain("the offset of " + partition.topic(), answer);
        commits.settle(partition, "the offset of " + partition + " was refused: " + answer.error());
        release();
    }

    private void released(TopicPartition partition, String failure) {
        ownership().remove(partition);
        commits.settle(partition, failure);
    }

    private void rereadOffset(TopicPartition partition) {
        parents.forget(partition.topic());
        List<TreeRead> read = List.of(TreeRead.data(context.paths.offset(partition)));
        Consumer<Answer> then = run.only((Answer answer) -> {
            if (!answer.isOk()) {
                interrupted.run();
            } else if (!answer.whole().isOk()) {
                withoutOffset(partition, answer.whole());
            } else {
                commits.releaseFailedOn(partition, answer.results().get(0));
                release();
            }
        });
        Consumer<Answer> failed = run.only((Answer answer) -> {
            if (answer.isLasting()) {
                withoutOffset(partition, answer);
            } else {
                interrupted.run();
            }
        });
        parents.ensure(List.of(partition.topic()), run.only(() -> context.requests.read(read, then)), failed);
    }
}
