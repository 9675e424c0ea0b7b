package io.quorate.registry.election;

import io.quorate.registry.election.Situation.Wish;
import io.quorate.registry.model.PartitionState;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Decides about leaders and in-sync replicas (registry spec 7.1, 7.3 and 7.4, 9). One decision takes account of everything that
 * has happened: where others elect first and shrink later, one write does both (13.5).
 */
public final class LeaderElection {
    private LeaderElection() {}

    /**
     * The next state of a partition.
     *
     * @return null if it is to stay as it is
     */
    public static PartitionState next(Situation situation, Liveness liveness) {
        PartitionState state = situation.state();
        if (state == null) {
            return first(situation, liveness);
        }
        if (state.controllerEpoch() > situation.controllerEpoch()) {
            // Somebody was elected after us; the fence will say so.
            return null;
        }
        if (!state.hasLeader() || !liveness.isAlive(state.leader())) {
            return withoutLeader(situation, liveness);
        }
        if (liveness.isStopping(state.leader())) {
            return beforeStop(situation, liveness);
        }
        return withLeader(situation, liveness);
    }

    /** Whether anybody in sync can lead; if not, whoever leads may lack data. */
    public static boolean isCleanPossible(PartitionState state, Liveness liveness) {
        for (int broker : state.isr()) {
            if (liveness.isServing(broker)) {
                return true;
            }
        }
        return false;
    }

    private static PartitionState first(Situation situation, Liveness liveness) {
        List<Integer> live = situation.replicas().replicas().stream()
                .filter(liveness::isServing)
                .toList();
        return live.isEmpty() ? null : PartitionState.first(live.get(0), live, situation.controllerEpoch());
    }

    /** The leader is gone, or there was none. */
    private static PartitionState withoutLeader(Situation situation, Liveness liveness) {
        PartitionState state = situation.state();
        int epoch = situation.controllerEpoch();
        int clean = choose(situation.replicas().replicas(), state.isr(), liveness::isServing);
        if (clean >= 0) {
            return state.decided(clean, remaining(state.isr(), liveness::isServing), epoch);
        }
        int any = choose(situation.replicas().replicas(), situation.replicas().replicas(), liveness::isServing);
        if (any >= 0 && situation.wishes(Wish.UNCLEAN_LEADER)) {
            return state.decided(any, List.of(any), epoch).withRecovery(PartitionState.RECOVERING);
        }
        // All in-sync replicas stay: each of them has everything, whichever comes back first.
        return state.hasLeader() ? state.decided(PartitionState.NO_LEADER, state.isr(), epoch) : null;
    }

    /** The leader asks to be relieved; it stays if nobody can take over. */
    private static PartitionState beforeStop(Situation situation, Liveness liveness) {
        PartitionState state = situation.state();
        int successor = choose(situation.replicas().replicas(), state.isr(), liveness::isServing);
        if (successor >= 0) {
            return state.decided(successor, remaining(state.isr(), liveness::isServing), situation.controllerEpoch());
        }
        return changed(
                situation,
                state.leader(),
                remaining(state.isr(), liveness::isAlive),
                situation.wishes(Wish.ANNOUNCE_MOVE));
    }

    private static PartitionState withLeader(Situation situation, Liveness liveness) {
        PartitionState state = situation.state();
        List<Integer> isr = remaining(state.isr(), liveness::isServing);
        int leader = state.leader();
        boolean isCompleting = situation.wishes(Wish.COMPLETE_MOVE);
        if (isCompleting) {
            List<Integer> target = situation.replicas().target();
            List<Integer> staying = remaining(isr, target::contains);
            // Some of them may be dead, which whoever wishes this does not look at.
            if (!target.isEmpty() && staying.containsAll(target)) {
                isr = staying;
                leader = isr.contains(leader) ? leader : choose(target, isr, liveness::isServing);
            }
        }
        boolean hasReplicas = !situation.replicas().replicas().isEmpty();
        if (hasReplicas && situation.wishes(Wish.PREFERRED_LEADER)) {
            int preferred = situation.replicas().replicas().get(0);
            leader = isr.contains(preferred) ? preferred : leader;
        }
        return changed(situation, leader, isr, isCompleting || situation.wishes(Wish.ANNOUNCE_MOVE));
    }

    private static PartitionState changed(Situation situation, int leader, List<Integer> isr, boolean isEpochWanted) {
        PartitionState state = situation.state();
        boolean isSame = leader == state.leader() && isr.equals(state.isr());
        return isSame && !isEpochWanted ? null : state.decided(leader, isr, situation.controllerEpoch());
    }

    /** The first of these brokers that is among the others and fit; -1 if there is none. */
    private static int choose(List<Integer> order, List<Integer> among, IntPredicate isFit) {
        for (int broker : order) {
            if (among.contains(broker) && isFit.test(broker)) {
                return broker;
            }
        }
        return -1;
    }

    /** The same list if all stay, which is the rule: this is asked of each partition of a cluster. */
    private static List<Integer> remaining(List<Integer> brokers, IntPredicate stays) {
        for (int broker : brokers) {
            if (!stays.test(broker)) {
                return brokers.stream().filter(stays::test).toList();
            }
        }
        return brokers;
    }
}
