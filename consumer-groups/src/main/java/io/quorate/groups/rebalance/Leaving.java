package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Target;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a member leaves (consumer-groups D3): steps down, gives everything up with its last offsets, then its registration. */
final class Leaving {
    private static final long AGAIN_MILLIS = 200;

    private final Context context;
    private final Commits commits;
    private final Handover handover;
    private final Runnable finished;
    private String candidate;
    private boolean forGood;

    /** @param finished runs when nothing is left to do but to end the session */
    Leaving(Context context, Commits commits, Handover handover, Runnable finished) {
        this.context = context;
        this.commits = commits;
        this.handover = handover;
        this.finished = finished;
    }

    /**
     * Begins.
     *
     * @param candidatePath of its node in the election; null for none
     * @param whole whether a static member gives up its name, too
     */
    void begin(String candidatePath, boolean whole) {
        candidate = candidatePath;
        forGood = whole;
        giveUp();
    }

    /** The connection is back, or an attempt has failed. */
    void goOn() {
        commits.onReconnected();
        handover.abort();
        giveUp();
    }

    private void giveUp() {
        if (!context.connected) {
            // What is to be given up waits for the connection; that it does not come back in time is seen by the fence.
            if (!isAnythingLeft()) {
                finished.run();
            }
            return;
        }
        resign();
        SortedMap<TopicPartition, String> nothing = new TreeMap<>();
        handover.run(new Handover.Plan(nothing, List.of(), revokeMillis()), outcome -> {
            if (outcome == Handover.Outcome.INTERRUPTED && isAnythingLeft()) {
                again();
            } else {
                deregister();
            }
        });
    }

    /** Who leads must listen, which a member that leaves does not: another takes over while the host stops. */
    private void resign() {
        if (candidate != null) {
            context.requests.multi(List.of(new TreeOp.Delete(candidate, TreeOp.ANY)), answer -> {
                if (answer.isOk() || answer.isRefusal()) {
                    candidate = null;
                }
            });
        }
    }

    private void again() {
        context.timers.in(Timer.MEMBER_ROUND, AGAIN_MILLIS, () -> {
            if (context.connected) {
                goOn();
            }
        });
    }

    /** The host may have offsets of what it processes that it hands in when it is asked to stop. */
    private boolean isAnythingLeft() {
        return commits.isAnythingPending() || !context.ownership.all().isEmpty();
    }

    /** In compat mode old consumers wait, who give up after some seconds (D5.7). */
    private long revokeMillis() {
        return context.mode == GroupMode.COMPAT
                ? CompatPlanner.revokeMillis(context.config)
                : context.config.timing().revokeTimeout();
    }

    /** A target may be the successor's by now, if that did not wait for the end of its predecessor. */
    private void deregister() {
        if (!hasName()) {
            delete(List.of());
            return;
        }
        String path = context.paths.target(context.key());
        context.requests.read(List.of(TreeRead.data(path)), answer -> {
            if (!answer.isOk()) {
                again();
                return;
            }
            OpResult node = answer.results().get(0);
            boolean isMine = node.isOk()
                    && Target.read(node.data())
                            .filter(each -> each.member().equals(context.self.id()))
                            .isPresent();
            delete(isMine ? List.of(new TreeOp.Delete(path, node.stat().version())) : List.of());
        });
    }

    private boolean hasName() {
        return forGood && context.config.identity().instance() != null && context.mode == GroupMode.NATIVE;
    }

    private void delete(List<TreeOp> target) {
        List<TreeOp> ops = new ArrayList<>();
        ops.add(new TreeOp.Delete(context.paths.id(context.self.id()), TreeOp.ANY));
        ops.addAll(target);
        context.requests.multi(ops, answer -> {
            if (answer.index() > 0 && !answer.isLasting()) {
                // A leader has written it meanwhile.
                deregister();
            } else if (!target.isEmpty() && !answer.isOk() && !answer.isRefusal()) {
                again();
            } else {
                // Whether this is done or not: the end of the session does the same.
                finished.run();
            }
        });
    }
}
