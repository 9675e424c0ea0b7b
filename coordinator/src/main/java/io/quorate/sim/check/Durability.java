package io.quorate.sim.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * P9: what a client is told is on so many disks that no quorum can be made of the others. With majorities these are a quorum;
 * with groups they may be fewer, once a disk was lost.
 */
final class Durability implements Invariant {

    private final List<Long> voters;
    private final Predicate<Set<Long>> isQuorum;

    Durability(List<Long> voters, Predicate<Set<Long>> isQuorum) {
        this.voters = voters;
        this.isQuorum = isQuorum;
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        if (durableAt == null) {
            return;
        }
        Set<Long> others = new HashSet<>(voters);
        others.removeAll(durableAt);
        if (isQuorum.test(others)) {
            throw new Violation("%s was answered with %s, which only %s have on disk"
                    .formatted(call, Violation.zxid(answer.zxid()), durableAt));
        }
    }
}
