package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.List;

/** Who has what while it is being decided, counted in the ways that a search needs. */
final class Shares {
    final Problem problem;
    /** Partition to member, or nobody. */
    final int[] owner;
    /** Member to how many partitions it has. */
    final int[] load;
    /** For each member and topic, how many partitions it has. */
    final int[][] held;
    /** Of these, how many were not its own before: to hand them on costs no move. */
    final int[][] foreign;

    private final List<List<Integer>> partitionsOf = new ArrayList<>();

    /** What everybody had before. */
    Shares(Problem problem) {
        this.problem = problem;
        owner = problem.previous.clone();
        int members = problem.members.size();
        load = new int[members];
        held = new int[members][problem.wanting.length];
        foreign = new int[members][problem.wanting.length];
        for (int t = 0; t < problem.wanting.length; t++) {
            partitionsOf.add(new ArrayList<>());
        }
        for (int p = 0; p < owner.length; p++) {
            partitionsOf.get(problem.topicOf[p]).add(p);
            if (owner[p] != Problem.NOBODY) {
                give(p, owner[p]);
            }
        }
    }

    /** A free one. */
    void give(int partition, int member) {
        owner[partition] = member;
        count(partition, member, 1);
    }

    /** One that somebody has. */
    void handOn(int partition, int member) {
        count(partition, owner[partition], -1);
        give(partition, member);
    }

    private void count(int partition, int member, int more) {
        int topic = problem.topicOf[partition];
        load[member] += more;
        held[member][topic] += more;
        foreign[member][topic] += problem.previous[partition] == member ? 0 : more;
    }

    /** Of a topic's partitions that one member has, the one to hand on: one that comes home, else one that has moved anyway. */
    int choose(int from, int topic, int to) {
        int best = Problem.NOBODY;
        int bestRank = Integer.MAX_VALUE;
        for (int p : partitionsOf.get(topic)) {
            if (owner[p] == from) {
                int rank = rank(p, from, to);
                if (rank < bestRank) {
                    best = p;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    int rank(int partition, int from, int to) {
        int move = problem.previous[partition] == to ? 0 : problem.previous[partition] != from ? 1 : 2;
        return 2 * move + (problem.isNear(to, partition) ? 0 : 1);
    }
}
