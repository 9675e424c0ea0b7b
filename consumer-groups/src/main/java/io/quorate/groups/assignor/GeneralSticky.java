package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Solves groups whose members want different topics (consumer-groups C5.2): everybody keeps what he has, what is free goes to
 * the least loaded, and then loads are levelled along chains, in each of which every member hands one partition on to the
 * next, until no chain makes two loads more equal.
 */
final class GeneralSticky {
    /** Bounds the search, in members looked at; a number and not a time, so that every run comes to the same. */
    private static final long STEPS_MAX = 20_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(GeneralSticky.class);

    private final Problem problem;
    private final boolean rackFirst;
    private final long stepsMax;
    private final Shares shares;
    private final int[] owner;
    private final int[] load;
    private long steps;

    /** @param rackFirst whether partitions move to be near, as far as that makes no loads less equal */
    GeneralSticky(Problem problem, boolean rackFirst) {
        this(problem, rackFirst, STEPS_MAX);
    }

    GeneralSticky(Problem problem, boolean rackFirst, long stepsMax) {
        this.problem = problem;
        this.rackFirst = rackFirst;
        this.stepsMax = stepsMax;
        shares = new Shares(problem);
        owner = shares.owner;
        load = shares.load;
    }

    int[] solve() {
        placeFree();
        for (int i = 0; i < owner.length && improve(); i++) {
            // Each round makes two loads more equal.
            assert steps >= 0;
        }
        if (steps > stepsMax) {
            LOG.warn(
                    "sharing {} partitions among {} members was cut short: only neighbours are levelled",
                    owner.length,
                    load.length);
            levelNeighbours();
        } else if (!new FewestMoves(shares, stepsMax).bringHome()) {
            LOG.warn(
                    "sharing {} partitions among {} members was cut short: perhaps more move than have to",
                    owner.length,
                    load.length);
        }
        if (rackFirst && problem.racks.areOn()) {
            bringNear();
        }
        return owner;
    }

    // ---- without chains

    /** Until no member has two more than another that may own one of its partitions (consumer-groups C5, level 1). */
    private void levelNeighbours() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int t = 0; t < problem.wanting.length; t++) {
                while (levelOne(t)) {
                    moved = true;
                }
            }
        }
    }

    private boolean levelOne(int topic) {
        int most = Problem.NOBODY;
        int least = Problem.NOBODY;
        for (int m : problem.wanting[topic]) {
            boolean gives = shares.held[m][topic] > 0;
            most = gives && (most == Problem.NOBODY || load[m] > load[most]) ? m : most;
            least = least == Problem.NOBODY || load[m] < load[least] ? m : least;
        }
        if (most == Problem.NOBODY || load[most] < load[least] + 2) {
            return false;
        }
        shares.handOn(shares.choose(most, topic, least), least);
        return true;
    }

    // ---- racks

    /** Each step makes one more partition near its owner, and leaves the loads as they are or exchanges two. */
    private void bringNear() {
        boolean moved = true;
        while (moved && steps <= stepsMax) {
            moved = false;
            for (int p = 0; p < owner.length && steps <= stepsMax; p++) {
                moved |= !problem.isNear(owner[p], p) && bringNear(p);
            }
        }
    }

    private boolean bringNear(int partition) {
        int far = owner[partition];
        for (int near : problem.wanting[problem.topicOf[partition]]) {
            if (near == far || !problem.isNear(near, partition)) {
                continue;
            }
            if (steps > stepsMax) {
                return false;
            }
            if (load[near] + 1 == load[far]) {
                shares.handOn(partition, near);
                return true;
            }
            int other = exchangeable(near, far);
            if (other != Problem.NOBODY) {
                shares.handOn(partition, near);
                shares.handOn(other, far);
                return true;
            }
        }
        return false;
    }

    /** What one has that the other may have instead, without being less near; best one that has moved anyway. */
    private int exchangeable(int from, int to) {
        int best = Problem.NOBODY;
        for (int p = 0; p < owner.length; p++) {
            steps++;
            if (owner[p] == from && problem.wants(to, p) && (problem.isNear(to, p) || !problem.isNear(from, p))) {
                boolean better = best == Problem.NOBODY || shares.rank(p, from, to) < shares.rank(best, from, to);
                best = better ? p : best;
            }
        }
        return best;
    }

    private void placeFree() {
        List<Integer> free = new ArrayList<>();
        for (int p = 0; p < owner.length; p++) {
            if (owner[p] == Problem.NOBODY) {
                free.add(p);
            }
        }
        free.sort(Comparator.comparingInt(p -> problem.wanting[problem.topicOf[p]].length));
        free.forEach(p -> shares.give(p, leastLoaded(p)));
    }

    private int leastLoaded(int partition) {
        int best = Problem.NOBODY;
        for (int m : problem.wanting[problem.topicOf[partition]]) {
            boolean better = best == Problem.NOBODY
                    || load[m] < load[best]
                    || (load[m] == load[best] && problem.isNear(m, partition) && !problem.isNear(best, partition));
            best = better ? m : best;
        }
        return best;
    }

    /** Shifts along one chain, from a member as loaded as possible; false if there is no chain. */
    private boolean improve() {
        Integer[] byLoad = new Integer[load.length];
        Arrays.setAll(byLoad, m -> m);
        Arrays.sort(byLoad, Comparator.comparingInt((Integer m) -> -load[m]));
        int smallest = load[byLoad[byLoad.length - 1]];
        for (int from : byLoad) {
            if (load[from] < smallest + 2 || steps > stepsMax) {
                return false;
            }
            if (shiftFrom(from)) {
                return true;
            }
        }
        return false;
    }

    /** Searches breadth first for the least loaded member that a chain reaches, by topics and not by partitions. */
    private boolean shiftFrom(int from) {
        int[] before = new int[load.length];
        int[] via = new int[load.length];
        Arrays.fill(before, Problem.NOBODY);
        boolean[] seenTopic = new boolean[problem.wanting.length];
        int[] queue = new int[load.length];
        int end = 1;
        int best = from;
        queue[0] = from;
        before[from] = from;
        for (int i = 0; i < end; i++) {
            for (int t = 0; t < seenTopic.length; t++) {
                if (seenTopic[t] || shares.held[queue[i]][t] == 0) {
                    continue;
                }
                seenTopic[t] = true;
                for (int m : problem.wanting[t]) {
                    steps++;
                    if (before[m] == Problem.NOBODY) {
                        before[m] = queue[i];
                        via[m] = t;
                        queue[end++] = m;
                        best = load[m] < load[best] ? m : best;
                    }
                }
            }
        }
        if (load[best] + 2 > load[from]) {
            return false;
        }
        for (int m = best; m != from; m = before[m]) {
            shares.handOn(shares.choose(before[m], via[m], m), m);
        }
        return true;
    }
}
