package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.PeerState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole ensembles of the quorum tower alone: the textbook cases, and random ones. */
final class ZabTest {

    private static final int SEEDS = Integer.getInteger("quorate.zab.seeds", 300);
    private static final long SEED = Long.getLong("quorate.zab.seed", System.nanoTime());

    private static ZabCluster started(long seed, Members members) {
        ZabCluster cluster = new ZabCluster(seed, members);
        cluster.servers.forEach(ZabCluster.Server::start);
        cluster.run(5000);
        return cluster;
    }

    private static void propose(ZabCluster cluster, int count) {
        for (int i = 0; i < count; i++) {
            cluster.leader().propose("t" + i);
        }
        cluster.run(1000);
    }

    private static void assertAllEqual(ZabCluster cluster) {
        List<ZabCluster.Txn> expected = cluster.leader().applied;
        for (ZabCluster.Server server : cluster.servers) {
            assertThat(server.serving)
                    .as("%s serves%n%s", server.sid, cluster.trace)
                    .isTrue();
            assertThat(server.applied).as("%s%n%s", server.sid, cluster.trace).isEqualTo(expected);
        }
    }

    @Test
    void threeServersElectTheGreatestAndReplicate() {
        ZabCluster cluster = started(1, Ensembles.voters(3));
        assertThat(cluster.leader().sid).as(cluster.trace.toString()).isEqualTo(3);
        propose(cluster, 10);
        assertThat(cluster.leader().applied).hasSize(10);
        assertAllEqual(cluster);
    }

    @Test
    void aLoneVoterLeads() {
        ZabCluster cluster = started(1, Ensembles.voters(1));
        propose(cluster, 3);
        assertThat(cluster.leader().applied).hasSize(3);
    }

    @Test
    void observersLearn() {
        ZabCluster cluster = started(1, Ensembles.withObservers(3, List.of(4L, 5L)));
        propose(cluster, 10);
        assertAllEqual(cluster);
        assertThat(cluster.server(4).zab.state()).isEqualTo(PeerState.OBSERVING);
    }

    @Test
    void theThirdOfFiveLeadsAndKeepsTheRole() {
        ZabCluster cluster = new ZabCluster(2, Ensembles.voters(5));
        for (ZabCluster.Server server : cluster.servers) {
            server.start();
            cluster.run(2000);
        }
        assertThat(cluster.leader().sid).isEqualTo(3);
        propose(cluster, 5);
        assertAllEqual(cluster);
    }

    @Test
    void aFollowerThatWasAwayIsBroughtForward() {
        ZabCluster cluster = started(3, Ensembles.voters(3));
        propose(cluster, 5);
        cluster.server(1).crash();
        propose(cluster, 20);
        cluster.server(1).start();
        cluster.run(5000);
        assertAllEqual(cluster);
        assertThat(cluster.trace).contains("this server at 0x100000005 by DIFF");
    }

    @Test
    void aFollowerThatWasAwayForLongGetsACopy() {
        ZabCluster cluster = new ZabCluster(3, Ensembles.voters(3));
        cluster.windowMin = 5;
        cluster.servers.forEach(ZabCluster.Server::start);
        cluster.run(5000);
        propose(cluster, 5);
        cluster.server(1).crash();
        propose(cluster, 20);
        cluster.server(1).start();
        cluster.run(5000);
        assertThat(cluster.trace).contains("by SNAP");
        assertAllEqual(cluster);
        cluster.server(1).crash();
        cluster.server(1).start();
        cluster.run(5000);
        assertAllEqual(cluster);
    }

    @Test
    void aProposalThatNobodyElseHasIsDiscardedWhenItsLeaderReturns() {
        ZabCluster cluster = started(4, Ensembles.voters(3));
        propose(cluster, 5);
        ZabCluster.Server old = cluster.leader();
        cluster.cut(3, 1, true);
        cluster.cut(3, 2, true);
        old.propose("orphan");
        cluster.run(100);
        old.crash();
        cluster.cut(3, 1, false);
        cluster.cut(3, 2, false);
        cluster.run(10_000);
        propose(cluster, 3);
        old.start();
        cluster.run(10_000);
        assertAllEqual(cluster);
        assertThat(cluster.committed.values()).as(cluster.trace.toString()).doesNotContain("orphan");
    }

    @Test
    void aLeaderHandsOverToAnyFollower() {
        ZabCluster cluster = started(5, Ensembles.voters(5));
        propose(cluster, 5);
        for (long to : new long[] {1, 4, 2}) {
            cluster.leader().handOver(to);
            long before = cluster.now();
            while (cluster.leader() == null || cluster.leader().sid != to) {
                cluster.run(1);
                assertThat(cluster.now() - before).as(cluster.trace.toString()).isLessThan(1000);
            }
            cluster.run(3000);
            propose(cluster, 5);
            assertAllEqual(cluster);
        }
    }

    @Test
    void theBestSuccessorIsTheFollowerThatIsFurthest() {
        ZabCluster cluster = started(8, Ensembles.withObservers(3, List.of(4L)));
        propose(cluster, 5);
        assertThat(cluster.leader().zab.bestSuccessor()).isEqualTo(2);
        cluster.cut(2, 3, true);
        cluster.cut(3, 2, true);
        cluster.leader().propose("behind");
        cluster.run(200);
        assertThat(cluster.leader().zab.bestSuccessor()).isEqualTo(1);
        assertThat(cluster.server(1).zab.bestSuccessor()).isEqualTo(-1);
    }

    @Test
    void aLeaderWhoseSuccessorCannotFollowGoesOn() {
        ZabCluster cluster = started(9, Ensembles.voters(3));
        propose(cluster, 5);
        ZabCluster.Server leader = cluster.leader();
        cluster.cut(1, 3, true);
        cluster.cut(3, 1, true);
        cluster.cut(2, 3, true);
        cluster.cut(3, 2, true);
        leader.propose("not committed");
        leader.handOver(2);
        assertThat(leader.zab.isHandingOver()).isTrue();
        cluster.run(2100);
        assertThat(leader.zab.isHandingOver()).as(cluster.trace.toString()).isFalse();
        for (long sid = 1; sid <= 2; sid++) {
            cluster.cut(sid, 3, false);
            cluster.cut(3, sid, false);
        }
        cluster.run(20_000);
        propose(cluster, 3);
        assertThat(cluster.leader()).isEqualTo(leader);
        assertAllEqual(cluster);
    }

    @Test
    void aCounterThatRunsOutBeginsANewEpochUnderTheSameLeader() {
        ZabCluster cluster = new ZabCluster(6, Ensembles.voters(3));
        cluster.counterMax = 4096 + 20;
        cluster.servers.forEach(ZabCluster.Server::start);
        cluster.run(5000);
        ZabCluster.Server leader = cluster.leader();
        int proposed = 0;
        while (proposed < 90) {
            if (leader.serving && leader.zab.hasRoom(10)) {
                leader.propose("t" + proposed++);
            }
            cluster.run(20);
        }
        cluster.run(3000);
        assertThat(cluster.leader()).isEqualTo(leader);
        assertThat(leader.zab.epoch()).as(cluster.trace.toString()).isEqualTo(5);
        assertThat(leader.applied.stream().map(ZabCluster.Txn::text).filter(text -> text.startsWith("t")))
                .hasSize(90);
        assertAllEqual(cluster);
    }

    @Test
    void aServerThatStoodStillDoesNotTakeItForTheSilenceOfOthers() {
        ZabCluster cluster = started(7, Ensembles.voters(3));
        for (long sid = 1; sid <= 3; sid++) {
            cluster.server(sid).stop(7000);
            cluster.run(6999);
            int before = cluster.trace.length();
            cluster.run(500);
            String own = " " + sid + " ";
            assertThat(cluster.trace.substring(before).lines().filter(line -> line.contains(own)))
                    .noneMatch(line -> line.contains("silent"));
            cluster.run(15_000);
        }
        propose(cluster, 3);
        assertAllEqual(cluster);
    }

    /** It had stored its promise as a leader to be, and crashed before anybody else heard of that epoch. */
    @Test
    void aVoterThatPromisedALaterEpochIsTakenBackInANewOne() {
        ZabCluster cluster = started(8, Ensembles.voters(3));
        propose(cluster, 5);
        cluster.server(1).crash();
        cluster.server(1).promise(6);
        propose(cluster, 3);
        cluster.server(1).start();
        cluster.run(20_000);

        assertThat(cluster.trace).contains("LEADING in epoch 7");
        propose(cluster, 3);
        assertAllEqual(cluster);
    }

    /** It had the new epoch on disk and not what it had logged before, and was preferred to those that had committed that. */
    @Test
    void aLeaderHasItsHistoryOnDiskBeforeItsEpoch() {
        ZabCluster cluster = new ZabCluster(9, Ensembles.voters(3));
        ZabCluster.Server first = cluster.server(1);
        ZabCluster.Server second = cluster.server(2);
        ZabCluster.Server slow = cluster.server(3);
        first.start();
        second.start();
        cluster.run(5000);
        slow.start();
        cluster.run(5000);
        slow.logMillis = 1500;
        second.propose("committed");
        cluster.run(200);
        assertThat(first.applied).hasSize(1);
        first.crash();
        second.crash();
        second.start();
        cluster.run(1100);
        assertThat(slow.zab.state()).isEqualTo(PeerState.LEADING);
        second.crash();
        slow.crashLosing();
        slow.logMillis = 0;
        slow.start();
        first.start();
        cluster.run(10_000);
        assertThat(cluster.leader().applied).as(cluster.trace.toString()).hasSize(1);
        second.start();
        cluster.run(10_000);

        assertAllEqual(cluster);
    }

    /** Found by a storm: the same, and with it an ensemble that stayed a voter short for ever. */
    @Test
    void theStormThatLeftAVoterBehind() {
        storm(12_260_081_243_024L);
    }

    @Test
    void whateverHappensNothingCommittedIsLost() {
        for (int i = 0; i < SEEDS; i++) {
            storm(SEED + i);
        }
    }

    private static void storm(long seed) {
        ZabCluster cluster = new ZabCluster(seed, Ensembles.withObservers(3 + 2 * Math.floorMod(seed, 2), List.of()));
        try {
            cluster.windowMin = 1 + cluster.random.nextInt(30);
            cluster.servers.forEach(ZabCluster.Server::start);
            for (int step = 0; step < 60; step++) {
                disturb(cluster);
                load(cluster);
                cluster.run(cluster.random.nextInt(1500));
            }
            calm(cluster);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d fails; replay with -Dtest=ZabTest -Dquorate.zab.seeds=1 -Dquorate.zab.seed=%d%n%s"
                            .formatted(seed, seed, cluster.trace),
                    e);
        }
    }

    private static void disturb(ZabCluster cluster) {
        int count = cluster.servers.size();
        ZabCluster.Server server = cluster.servers.get(cluster.random.nextInt(count));
        switch (cluster.random.nextInt(7)) {
            case 0 -> {
                if (server.isUp()) {
                    server.crash();
                }
            }
            case 1, 2 -> {
                if (!server.isUp()) {
                    server.start();
                }
            }
            case 3 -> {
                long other = 1L + cluster.random.nextInt(count);
                if (other != server.sid) {
                    cluster.cut(server.sid, other, true);
                }
            }
            case 4 -> {
                for (ZabCluster.Server other : cluster.servers) {
                    cluster.cut(server.sid, other.sid, false);
                    cluster.cut(other.sid, server.sid, false);
                }
            }
            case 5 -> {
                ZabCluster.Server leader = cluster.leader();
                if (leader != null && cluster.random.nextBoolean()) {
                    leader.handOver(server.sid);
                }
            }
            default -> {}
        }
    }

    private static void load(ZabCluster cluster) {
        for (ZabCluster.Server server : cluster.servers) {
            boolean leads = server.isUp() && server.serving && server.zab.state() == PeerState.LEADING;
            for (int i = cluster.random.nextInt(10); leads && i > 0 && server.zab.hasRoom(10); i--) {
                server.propose(server.sid + "-" + server.proposed);
            }
        }
    }

    private static void calm(ZabCluster cluster) {
        for (ZabCluster.Server server : cluster.servers) {
            for (ZabCluster.Server other : cluster.servers) {
                cluster.cut(server.sid, other.sid, false);
            }
            if (!server.isUp()) {
                server.start();
            }
        }
        cluster.run(60_000);
        assertThat(cluster.leader()).isNotNull();
        propose(cluster, 3);
        cluster.run(5_000);
        assertAllEqual(cluster);
        cluster.servers.forEach(ZabCluster.Server::check);
        assertThat(cluster.leader().applied.stream().map(ZabCluster.Txn::zxid)).containsAll(cluster.committed.keySet());
    }
}
