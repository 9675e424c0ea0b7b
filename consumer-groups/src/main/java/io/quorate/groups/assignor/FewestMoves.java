package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes back moves that balance does not need. Members are the nodes of a graph; handing a partition on is an edge, which saves
 * a move if the partition comes home, costs one if it leaves home, and nothing otherwise; and a member may take the load of one
 * that has one more, as if that one had handed something on to it. A ring of edges that saves more than it costs leaves loads as
 * they are, or exchanges them. When there is no such ring, no assignment with these loads moves fewer: this is the cancelling of
 * negative cycles in a flow of least cost.
 */
final class FewestMoves {
    private static final int LOAD = Integer.MIN_VALUE;

    private final Shares shares;
    private final Problem problem;
    private final long stepsMax;
    private final int[] saving;
    /** From whom the cheapest way to each member comes; nobody at first. */
    private final int[] before;
    /** What is handed on along it: a partition, or {@link #ofTopic} one of a topic's, or {@link #LOAD}. */
    private final int[] what;

    private long steps;

    /** @param stepsMax bounds the search, so that every run comes to the same */
    FewestMoves(Shares shares, long stepsMax) {
        this.shares = shares;
        this.problem = shares.problem;
        this.stepsMax = stepsMax;
        int members = problem.members.size();
        saving = new int[members];
        before = new int[members];
        what = new int[members];
    }

    private static int ofTopic(int topic) {
        return -1 - topic;
    }

    /** Until no ring is left, or the bound is reached; gives whether it is not. */
    boolean bringHome() {
        while (steps <= stepsMax && shiftOneRing()) {
            steps++;
        }
        return steps <= stepsMax;
    }

    /** Partitions that a previous owner does not have any more. */
    private int[] awayFromHome() {
        return IntStream.range(0, shares.owner.length)
                .filter(p -> problem.previous[p] != Problem.NOBODY && problem.previous[p] != shares.owner[p])
                .toArray();
    }

    /** Bellman and Ford's search; a ring in the ways that it has found saves something. */
    private boolean shiftOneRing() {
        int[] away = awayFromHome();
        if (away.length == 0) {
            return false;
        }
        Arrays.fill(saving, 0);
        Arrays.fill(before, Problem.NOBODY);
        boolean better = true;
        while (better && steps <= stepsMax) {
            better = false;
            for (int p : away) {
                better |= reach(problem.previous[p], shares.owner[p], p, saving[shares.owner[p]] + 1);
            }
            for (int t = 0; t < problem.wanting.length; t++) {
                better |= offer(t);
            }
            better |= exchangeLoads();
            int onRing = better ? ring() : Problem.NOBODY;
            if (onRing != Problem.NOBODY) {
                shift(onRing);
                return true;
            }
        }
        return false;
    }

    private boolean reach(int member, int from, int with, int saved) {
        steps++;
        if (member == from || saved <= saving[member]) {
            return false;
        }
        saving[member] = saved;
        before[member] = from;
        what[member] = with;
        return true;
    }

    /** The cheapest offer of a partition of this topic goes to all that want it. */
    private boolean offer(int topic) {
        int best = Problem.NOBODY;
        int most = Integer.MIN_VALUE;
        for (int m : problem.wanting[topic]) {
            int saved = saving[m] - (shares.foreign[m][topic] > 0 ? 0 : 1);
            if (shares.held[m][topic] > 0 && saved > most) {
                best = m;
                most = saved;
            }
        }
        boolean better = false;
        if (best != Problem.NOBODY) {
            for (int m : problem.wanting[topic]) {
                better |= reach(m, best, ofTopic(topic), most);
            }
        }
        return better;
    }

    /** One with a partition less stands for each with one more. */
    private boolean exchangeLoads() {
        int largest = Arrays.stream(shares.load).max().orElse(0);
        int[] best = new int[largest + 2];
        Arrays.fill(best, Problem.NOBODY);
        for (int m = 0; m < saving.length; m++) {
            int above = shares.load[m] + 1;
            best[above] = best[above] == Problem.NOBODY || saving[m] > saving[best[above]] ? m : best[above];
        }
        boolean better = false;
        for (int m = 0; m < saving.length; m++) {
            int lighter = best[shares.load[m]];
            better |= lighter != Problem.NOBODY && reach(m, lighter, LOAD, saving[lighter]);
        }
        return better;
    }

    /** A member on a ring, or nobody. */
    private int ring() {
        int[] seenFrom = new int[before.length];
        Arrays.fill(seenFrom, Problem.NOBODY);
        for (int start = 0; start < before.length; start++) {
            int at = start;
            while (at != Problem.NOBODY && seenFrom[at] == Problem.NOBODY) {
                seenFrom[at] = start;
                at = before[at];
            }
            if (at != Problem.NOBODY && seenFrom[at] == start) {
                return at;
            }
        }
        return Problem.NOBODY;
    }

    private void shift(int start) {
        List<int[]> handed = new ArrayList<>();
        int at = start;
        do {
            int from = before[at];
            if (what[at] != LOAD) {
                int partition = what[at] >= 0 ? what[at] : shares.choose(from, -1 - what[at], at);
                handed.add(new int[] {partition, at});
            }
            at = from;
        } while (at != start);
        handed.forEach(each -> shares.handOn(each[0], each[1]));
    }
}
