package io.quorate.groups.assignor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the largest number of partitions that can be near their owners in a balanced assignment, and one such assignment of
 * those: a flow from partitions to members, each of which has a slot for its share, and may have one more as long as there are
 * larger shares (consumer-groups C5, {@code rack.first}). Partitions that are near their previous owner start there.
 */
final class RackFlow {
    private final Problem problem;
    private final int share;
    private final int larger;
    private final int[] load;
    private final int[] owner;
    /** Member to what it has, in order. */
    private final List<SortedSet<Integer>> held = new ArrayList<>();
    /** Members from which no search finds room: nothing that happens later changes that. */
    private final boolean[] closed;

    private int largerUsed;

    RackFlow(Problem problem) {
        this.problem = problem;
        int members = problem.members.size();
        share = problem.partitions.size() / members;
        larger = problem.partitions.size() % members;
        load = new int[members];
        closed = new boolean[members];
        problem.members.forEach(member -> held.add(new TreeSet<>()));
        owner = new int[problem.partitions.size()];
        Arrays.fill(owner, Problem.NOBODY);
    }

    /** A member for each partition that can be near one, nobody for the others. */
    int[] solve() {
        for (int p = 0; p < owner.length; p++) {
            int before = problem.previous[p];
            if (before != Problem.NOBODY && problem.isNear(before, p) && hasRoom(before)) {
                move(p, before);
            }
        }
        for (int p = 0; p < owner.length; p++) {
            if (owner[p] == Problem.NOBODY) {
                augment(p);
            }
        }
        return owner;
    }

    private boolean hasRoom(int member) {
        return load[member] < share || (load[member] == share && largerUsed < larger);
    }

    private void move(int partition, int member) {
        if (owner[partition] != Problem.NOBODY) {
            load[owner[partition]]--;
            held.get(owner[partition]).remove(partition);
            largerUsed -= load[owner[partition]] == share ? 1 : 0;
        }
        owner[partition] = member;
        held.get(member).add(partition);
        largerUsed += load[member] == share ? 1 : 0;
        load[member]++;
    }

    /** How the search came to each member: with a partition for it, or because another wants its larger share. */
    private final class Trail {
        private final int[] takes = new int[load.length];
        private final int[] yieldsTo = new int[load.length];
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private boolean yielded;

        Trail(int start) {
            Arrays.fill(takes, Problem.NOBODY);
            Arrays.fill(yieldsTo, Problem.NOBODY);
            waiting.add(start);
        }

        boolean isNew(int member) {
            return !closed[member] && !isSeen(member);
        }

        boolean isSeen(int member) {
            return takes[member] != Problem.NOBODY || yieldsTo[member] != Problem.NOBODY;
        }

        void takes(int member, int partition) {
            takes[member] = partition;
            offerThoseOf(member);
            if (load[member] == share && !yielded) {
                yielded = true;
                for (int other = 0; other < load.length; other++) {
                    if (load[other] > share && isNew(other)) {
                        yieldsTo[other] = member;
                        offerThoseOf(other);
                    }
                }
            }
        }

        private void offerThoseOf(int member) {
            waiting.addAll(held.get(member));
        }
    }

    /** Looks breadth first for a member with room, to which others pass on what they have, and shifts along the way. */
    private void augment(int start) {
        Trail trail = new Trail(start);
        while (!trail.waiting.isEmpty()) {
            int p = trail.waiting.remove();
            for (int m = 0; m < load.length; m++) {
                if (trail.isNew(m) && problem.isNear(m, p)) {
                    if (hasRoom(m)) {
                        trail.takes[m] = p;
                        shift(trail, start, m);
                        return;
                    }
                    trail.takes(m, p);
                }
            }
        }
        for (int m = 0; m < load.length; m++) {
            closed[m] |= trail.isSeen(m);
        }
    }

    private void shift(Trail trail, int start, int end) {
        int member = end;
        while (true) {
            int partition = trail.takes[member];
            int before = owner[partition];
            move(partition, member);
            if (partition == start) {
                return;
            }
            member = trail.yieldsTo[before] == Problem.NOBODY ? before : trail.yieldsTo[before];
        }
    }
}
