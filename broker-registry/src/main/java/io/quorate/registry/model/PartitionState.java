package io.quorate.registry.model;

import java.util.List;

/**
 * Who leads a partition, and who is in sync with it (registry spec 1.3). Immutable.
 *
 * @param leader a broker, or {@link #NO_LEADER}
 * @param leaderEpoch grows whenever the leader changes, and whenever a controller changes anything
 * @param isr replicas that have everything that is committed; in no order of priority, never empty
 * @param controllerEpoch of the controller that decided last about the leader
 * @param recovery 1 while the leader recovers from an unclean election, else 0
 */
public record PartitionState(int leader, int leaderEpoch, List<Integer> isr, int controllerEpoch, int recovery) {
    /** What {@link #leader} is when nobody leads. */
    public static final int NO_LEADER = -1;

    /** What {@link #recovery} is after an unclean election. */
    public static final int RECOVERING = 1;

    public PartitionState {
        isr = List.copyOf(isr);
    }

    /** The state that a partition begins with. */
    public static PartitionState first(int leader, List<Integer> isr, int controllerEpoch) {
        return new PartitionState(leader, 0, isr, controllerEpoch, 0);
    }

    /** The next state by decision of a controller: one leader epoch later (registry spec 7.3). */
    public PartitionState decided(int newLeader, List<Integer> newIsr, int byControllerEpoch) {
        return new PartitionState(newLeader, leaderEpoch + 1, newIsr, byControllerEpoch, recovery);
    }

    /** The next state by decision of the leader itself: the epochs stay (registry spec 1.3). */
    public PartitionState withIsr(List<Integer> newIsr) {
        return new PartitionState(leader, leaderEpoch, newIsr, controllerEpoch, recovery);
    }

    /** The same, recovering or recovered. */
    public PartitionState withRecovery(int other) {
        return new PartitionState(leader, leaderEpoch, isr, controllerEpoch, other);
    }

    public boolean hasLeader() {
        return leader >= 0;
    }
}
