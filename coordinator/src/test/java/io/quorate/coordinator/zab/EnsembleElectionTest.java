package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.FOLLOWING;
import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;
import static io.quorate.wire.quorum.PeerState.OBSERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Seed;
import io.quorate.wire.quorum.Zxid;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whole ensembles elect, in virtual time. */
final class EnsembleElectionTest {

    private static final int DELAY_MILLIS_MAX = 5;
    private static final long PATIENCE_MILLIS = 10_000;

    private ElectionNetwork network;

    private ElectionNetwork ensemble(Members members) {
        network = new ElectionNetwork(members, Seed.random(EnsembleElectionTest.class), DELAY_MILLIS_MAX);
        return network;
    }

    private void startAll() {
        network.servers().forEach(ElectingServer::start);
    }

    private void assertLeader(long sid) {
        assertThat(network.runUntil(() -> network.leader() != null, PATIENCE_MILLIS))
                .as(() -> network.story(100))
                .isTrue();
        assertThat(network.leader().sid).isEqualTo(sid);
    }

    @Test
    void ofServersThatStartTogetherTheGreatestLeadsWithoutWaiting() {
        ensemble(Ensembles.voters(3));
        startAll();

        boolean elected = network.runUntil(
                () -> network.servers().stream().noneMatch(server -> server.state() == LOOKING),
                Election.FINALIZE_MILLIS - 1);
        assertThat(elected).as("nobody need wait for a better vote").isTrue();
        assertLeader(3);
    }

    @Test
    void ofFiveThatStartOneByOneTheThirdLeadsAndKeepsItsRole() {
        ensemble(Ensembles.voters(5));
        for (long sid = 1; sid <= 2; sid++) {
            network.server(sid).start();
            network.run(3000);
            assertThat(network.server(sid).state()).isEqualTo(LOOKING);
        }
        for (long sid = 3; sid <= 5; sid++) {
            network.server(sid).start();
            assertLeader(3);
            network.run(3000);
            assertLeader(3);
        }

        assertThat(network.server(3).currentEpoch).isEqualTo(1);
        assertThat(network.server(5).state()).isEqualTo(FOLLOWING);
    }

    @Test
    void whenTheLeaderDiesTheNextGreatestLeadsAndTheOldOneFollows() {
        ensemble(Ensembles.voters(3));
        startAll();
        assertLeader(3);
        network.server(3).stop();
        assertLeader(2);
        network.server(3).start();
        assertLeader(2);

        assertThat(network.server(3).currentEpoch).isEqualTo(2);
    }

    @Test
    void theMostRecentHistoryLeadsAndNotTheGreatestServer() {
        ensemble(Ensembles.voters(3));
        startAll();
        assertLeader(3);
        network.write(network.server(3), new TreeSet<>(List.of(1L)));
        network.server(3).stop();

        assertLeader(1);
    }

    @Test
    void aLaterEpochBeatsALongerHistory() {
        ensemble(Ensembles.voters(3));
        network.server(1).start(Zxid.of(3, 1), 3);
        network.server(2).start(Zxid.of(2, 900), 2);
        network.server(3).start(Zxid.of(2, 999), 2);

        assertLeader(1);
    }

    /** The traps 1514, 1732, 1805 and 1810. */
    @Test
    void aRestartedServerJoinsAlthoughMembersReportDifferentRoundsAndZxids() {
        ensemble(Ensembles.voters(5));
        startAll();
        assertLeader(5);
        network.server(4).stop();
        network.write(network.server(5), new TreeSet<>(List.of(1L, 2L, 3L)));
        network.server(4).start();
        assertLeader(5);
        network.isolate(List.of(3L));
        network.run(5000);
        network.heal();
        assertLeader(5);
        network.server(1).stop();
        network.run(1000);
        int before = network.said.size();
        network.server(1).start();
        assertLeader(5);

        assertThat(network.said.subList(before, network.said.size()).stream()
                        .filter(said -> said.to() == 1)
                        .map(said -> said.what().peerEpoch()))
                .as("all report the epoch in which they serve")
                .hasSizeGreaterThanOrEqualTo(4)
                .containsOnly(1L);
    }

    /** What section 21.1 shows of three servers of 3.9.5, stale duplicates included. */
    @Test
    void aRejoinLooksLikeTheCapture() {
        ensemble(Ensembles.voters(3));
        startAll();
        assertLeader(3);
        network.server(1).stop();
        int before = network.said.size();
        network.server(1).start(Zxid.of(1, 8), 1);
        assertLeader(3);

        assertThat(network.said.subList(before, network.said.size()).stream()
                        .map(said -> said.toString().substring(said.toString().indexOf(' ') + 1)))
                .containsExactlyInAnyOrder(
                        "1 -> 2: LOOKING 1 100000008 1 1",
                        "1 -> 3: LOOKING 1 100000008 1 1",
                        "3 -> 1: LEADING 3 0 1 1",
                        "2 -> 1: FOLLOWING 3 0 1 1");
    }

    @Test
    void theGreaterPartGoesOnAndTheLesserComesBack() {
        ensemble(Ensembles.voters(5));
        startAll();
        assertLeader(5);
        network.isolate(List.of(4L, 5L));
        network.run(30_000);

        assertThat(network.server(3).state()).isEqualTo(LEADING);
        assertThat(network.server(4).state()).isEqualTo(LOOKING);
        assertThat(network.server(5).state()).isEqualTo(LOOKING);
        network.heal();
        assertLeader(3);
    }

    @Test
    void aLeaderWithoutItsSupportersLooksAndIsFollowedAgain() {
        ensemble(Ensembles.voters(3));
        startAll();
        assertLeader(3);
        network.isolate(List.of(3L));
        network.run(200);
        network.heal();

        assertLeader(3);
        assertThat(network.server(3).currentEpoch).isEqualTo(1);
    }

    @Test
    void aBetterVoteIsWaitedForWhenConnectionsComeUpOneByOne() {
        ensemble(Ensembles.voters(3));
        startAll();
        network.run(1);
        network.breakFor(1, 2, 600);
        network.breakFor(2, 3, 650);
        network.breakFor(1, 3, 700);

        assertLeader(3);
    }

    @Test
    void aVoterOfWeightZeroNeverLeads() {
        ensemble(Ensembles.grouped(5, 1, 1, 1, 0, 0));
        network.server(5).start(Zxid.of(0, 7), 0);
        for (long sid = 1; sid <= 4; sid++) {
            network.server(sid).start();
        }

        assertLeader(3);
        network.server(3).stop();
        assertLeader(2);
        network.server(2).stop();
        network.run(PATIENCE_MILLIS);
        assertThat(network.servers().stream().filter(ElectingServer::isRunning))
                .as("1 of 3 in weight, though 3 of 5 in number")
                .allMatch(server -> server.state() == LOOKING);
    }

    @Test
    void groupsDecideTogether() {
        ensemble(Ensembles.grouped(3, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        for (long sid = 1; sid <= 4; sid++) {
            network.server(sid).start();
        }
        network.server(7).start();
        network.run(PATIENCE_MILLIS);
        assertThat(network.server(7).state())
                .as("five of nine, but no two groups")
                .isEqualTo(LOOKING);
        network.server(8).start();

        assertLeader(8);
    }

    @Test
    void observersFollowWithoutAVote() {
        ensemble(Ensembles.withObservers(3, List.of(8L, 9L)));
        network.server(8).start(Zxid.of(9, 9), 9);
        network.server(9).start();
        network.server(1).start();
        network.run(3000);
        assertThat(network.server(1).state()).as("one voter and two observers").isEqualTo(LOOKING);

        network.server(8).stop();
        network.server(8).start(0, 0);
        network.server(2).start();
        assertLeader(2);
        assertThat(network.server(8).state()).isEqualTo(OBSERVING);
        network.server(3).start();
        assertLeader(2);
        network.server(2).stop();
        assertLeader(3);
        assertThat(network.said)
                .as("the trap 1783: observers are told what they ask, and nothing else")
                .noneMatch(said -> said.from() < 8 && said.to() >= 8 && !wasAsked(said));
    }

    private boolean wasAsked(ElectionNetwork.Said answer) {
        return network.said.subList(0, network.said.indexOf(answer)).stream()
                .anyMatch(said -> said.from() == answer.to() && said.to() == answer.from());
    }

    @Test
    void anHeirLeadsThatHasAllAndIsTheGreatestButForTheOneThatLeaves() {
        ensemble(Ensembles.voters(3));
        startAll();
        assertLeader(3);
        network.write(network.server(3), new TreeSet<>(List.of(1L)));
        network.server(3).handOverTo(1);
        network.run(1);

        assertLeader(1);
        assertThat(network.server(3).state()).isEqualTo(FOLLOWING);
    }
}
