package io.quorate.groups.assignor;

/**
 * Balance first, then as little movement as balance allows, then nearness; or nearness before movement (consumer-groups C5).
 * Groups in which all members want the same are solved exactly; for others, loads are levelled along chains of members.
 */
public final class StickyAssignor implements Assignor {
    private final boolean rackFirst;

    private StickyAssignor(boolean rackFirst) {
        this.rackFirst = rackFirst;
    }

    /** Balance, then stickiness, then racks: the default. */
    public static StickyAssignor balanceFirst() {
        return new StickyAssignor(false);
    }

    /** Balance, then racks, then stickiness. */
    public static StickyAssignor rackFirst() {
        return new StickyAssignor(true);
    }

    @Override
    public String name() {
        return rackFirst ? "sticky-rack-first" : "sticky";
    }

    @Override
    public Assignment assign(GroupView group) {
        Problem problem = Problem.of(group);
        if (problem.members.isEmpty()) {
            return problem.assignment(new int[0]);
        }
        if (!problem.isUniform()) {
            return problem.assignment(new GeneralSticky(problem, rackFirst).solve());
        }
        if (!rackFirst || !problem.racks.areOn()) {
            return problem.assignment(new UniformSticky(problem, problem.previous).solve());
        }
        int[] near = new RackFlow(problem).solve();
        int[] previous = near.clone();
        for (int p = 0; p < near.length; p++) {
            // What can be near nobody moves no more than it would without racks.
            previous[p] = near[p] == Problem.NOBODY ? problem.previous[p] : near[p];
        }
        return problem.assignment(new UniformSticky(problem, previous, near).solve());
    }
}
