package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Solves groups in which all members want the same, with the fewest moves (consumer-groups C5.1). With P partitions and M
 * members, P mod M members get one more than the others; those that hold more than the smaller share come first.
 */
final class UniformSticky {
    private final Problem problem;
    private final int[] previous;
    /** Partitions by member that must stay with it: never more than a larger share, of which there are enough. */
    private final int[] firm;

    private final int share;
    private final int[] capacity;
    private final int[] load;
    private final int[] owner;

    /** @param previous partition to the member that should keep it if it can, or nobody */
    UniformSticky(Problem problem, int[] previous) {
        this(problem, previous, new int[0]);
    }

    /** @param near what must be kept of it, with all members in balance: partition to member, or nobody */
    UniformSticky(Problem problem, int[] previous, int[] near) {
        this.problem = problem;
        this.previous = previous;
        int members = problem.members.size();
        firm = new int[members];
        for (int member : near) {
            if (member != Problem.NOBODY) {
                firm[member]++;
            }
        }
        share = problem.partitions.size() / members;
        capacity = new int[members];
        load = new int[members];
        owner = new int[problem.partitions.size()];
        Arrays.fill(capacity, share);
        Arrays.fill(owner, Problem.NOBODY);
    }

    int[] solve() {
        List<List<Integer>> held = held();
        giveLargerSharesToHolders(held);
        held.forEach(this::keep);
        fill(new OpenSlots(problem, load, share));
        // All have the smaller share now: what is left is exactly the larger shares nobody has taken.
        fill(new OpenSlots(problem, load, share + 1));
        return owner;
    }

    private List<List<Integer>> held() {
        List<List<Integer>> held = new ArrayList<>();
        problem.members.forEach(member -> held.add(new ArrayList<>()));
        for (int p = 0; p < previous.length; p++) {
            if (previous[p] != Problem.NOBODY) {
                held.get(previous[p]).add(p);
            }
        }
        return held;
    }

    private void giveLargerSharesToHolders(List<List<Integer>> held) {
        int larger = problem.partitions.size() % capacity.length;
        IntStream.range(0, capacity.length)
                .boxed()
                .filter(m -> held.get(m).size() > share)
                .sorted(Comparator.comparing((Integer m) -> firm[m] <= share)
                        .thenComparingInt(m -> -held.get(m).size()))
                .limit(larger)
                .forEach(m -> capacity[m]++);
    }

    private void keep(List<Integer> held) {
        if (held.isEmpty()) {
            return;
        }
        int member = previous[held.get(0)];
        held.sort(Comparator.comparing((Integer p) -> !problem.isNear(member, p))
                .thenComparing(p -> problem.partitions.get(p).partition())
                .thenComparing(p -> problem.topicOf[p]));
        for (int p : held.subList(0, Math.min(held.size(), capacity[member]))) {
            owner[p] = member;
            load[member]++;
        }
    }

    private void fill(OpenSlots open) {
        List<Integer> free = free();
        for (int p : free) {
            owner[p] = open.takeNear(p);
        }
        for (int p : free) {
            if (owner[p] == Problem.NOBODY) {
                owner[p] = open.takeAny();
            }
        }
    }

    /** Those that few members are near to come first. */
    private List<Integer> free() {
        List<Integer> free = new ArrayList<>();
        for (int p = 0; p < owner.length; p++) {
            if (owner[p] == Problem.NOBODY) {
                free.add(p);
            }
        }
        if (problem.racks.areOn()) {
            free.sort(Comparator.comparingInt(p -> problem.racks.matches(problem.replicaRacks.get(p))));
        }
        return free;
    }
}
