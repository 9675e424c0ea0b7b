package io.quorate.groups.assignor;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members that may take more partitions, by rack; the one with the fewest, then the first, is next. */
final class OpenSlots {
    private static final String NO_RACK = "";

    private final Problem problem;
    private final int[] load;
    private final int limit;
    /** Rack to (load, member) in one number, so that the smallest is next. */
    private final Map<String, TreeSet<Long>> byRack = new HashMap<>();

    /**
     * The members with a load below the limit.
     *
     * @param load what each has; counted up here
     */
    OpenSlots(Problem problem, int[] load, int limit) {
        this.problem = problem;
        this.load = load;
        this.limit = limit;
        for (int m = 0; m < load.length; m++) {
            offer(m);
        }
    }

    private void offer(int member) {
        if (load[member] < limit) {
            byRack.computeIfAbsent(rackOf(member), none -> new TreeSet<>()).add(key(member));
        }
    }

    private long key(int member) {
        return ((long) load[member] << Integer.SIZE) | member;
    }

    private String rackOf(int member) {
        String rack = problem.racks.rackOf(problem.members.get(member));
        return rack == null || !problem.racks.areOn() ? NO_RACK : rack;
    }

    /** Takes a slot of a member that is near, or gives nobody. */
    int takeNear(int partition) {
        long first = Math.min(first(NO_RACK), firstOf(problem.replicaRacks.get(partition)));
        return take(first);
    }

    /** Takes a slot of any member, or gives nobody. */
    int takeAny() {
        return take(firstOf(byRack.keySet()));
    }

    private long firstOf(Collection<String> racks) {
        long first = Long.MAX_VALUE;
        for (String rack : Set.copyOf(racks)) {
            first = Math.min(first, first(rack));
        }
        return first;
    }

    private long first(String rack) {
        TreeSet<Long> members = byRack.get(rack);
        return members == null || members.isEmpty() ? Long.MAX_VALUE : members.first();
    }

    private int take(long key) {
        if (key == Long.MAX_VALUE) {
            return Problem.NOBODY;
        }
        int member = (int) key;
        byRack.get(rackOf(member)).remove(key);
        load[member]++;
        offer(member);
        return member;
    }
}
