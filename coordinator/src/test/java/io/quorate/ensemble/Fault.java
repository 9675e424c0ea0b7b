package io.quorate.ensemble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens to members in a round. Each leaves behind what {@link #recover} can mend. */
enum Fault {
    KILL_LEADER,
    KILL_FOLLOWER,
    KILL_LEADER_AND_FOLLOWER,
    KILL_ALL,
    STOP_LEADER,
    STOP_FOLLOWER,
    STOP_LEADER_AND_KILL_FOLLOWER,
    WIPE_FOLLOWER,
    END_LEADER,
    HAND_OVER;

    /** Does it, and returns the members it was done to. */
    List<Member> strike(EnsembleProcesses ensemble, Random random) {
        Member leader = ensemble.leader();
        List<Member> others = new ArrayList<>(ensemble.members());
        others.remove(leader);
        Collections.shuffle(others, random);
        Member follower = others.get(0);
        switch (this) {
            case KILL_LEADER -> leader.kill();
            case KILL_FOLLOWER -> follower.kill();
            case KILL_LEADER_AND_FOLLOWER -> {
                leader.kill();
                follower.kill();
            }
            case KILL_ALL -> ensemble.members().forEach(Member::kill);
            case STOP_LEADER -> leader.suspend();
            case STOP_FOLLOWER -> follower.suspend();
            case STOP_LEADER_AND_KILL_FOLLOWER -> {
                leader.suspend();
                follower.kill();
            }
            case WIPE_FOLLOWER -> follower.wipe();
            case END_LEADER -> leader.end();
            case HAND_OVER -> leader.handOver();
        }
        return ensemble.members().stream()
                .filter(member -> member.isSuspended() || !member.isRunning())
                .toList();
    }

    /** Lets every member run again that does not, and returns when all serve. */
    static void recover(EnsembleProcesses ensemble) {
        ensemble.members().stream().filter(Member::isSuspended).forEach(Member::resume);
        ensemble.start();
    }
}
