package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.FOLLOWING;
import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;
import static io.quorate.wire.quorum.PeerState.OBSERVING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One server, notification by notification (quorum protocol, sections 3.4, 3.6 and 3.7). */
final class ElectionTest extends OneElection {

    // Sections 3.2 and 3.4: votes and rounds

    @Test
    void aRoundBeginsWithAVoteForOneselfToAllOtherVoters() {
        server(3, Ensembles.withObservers(3, List.of(4L)));
        election.look(0, 0, 1000);

        assertThat(sent()).containsExactly("1: LOOKING 3 0 1 0", "2: LOOKING 3 0 1 0");
        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void theVoteCarriesTheStoredEpochAndNotThatOfTheZxid() {
        server(1, Ensembles.voters(2));
        election.look(Z, 7, 0);

        assertThat(sent()).containsExactly("2: LOOKING 1 100000008 1 7");
    }

    @Test
    void withoutAnswersTheVoteIsRepeatedEverMoreSeldom() {
        server(1, Ensembles.voters(2));
        election.look(0, 0, 0);
        List<Long> times = new ArrayList<>();
        sent();

        for (long now = election.tick(0); times.size() < 12; now = election.tick(now)) {
            times.add(now);
            assertThat(sent()).hasSize(times.size() == 1 ? 0 : 1);
        }

        assertThat(times)
                .containsExactly(
                        200L, 600L, 1400L, 3000L, 6200L, 12_600L, 25_400L, 51_000L, 102_200L, 162_200L, 222_200L,
                        282_200L);
    }

    /** Otherwise a server that was alone for long would not hear for a minute that the others elected a leader. */
    @Test
    void newsEndTheSilenceAndRepetitionsDoNot() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        long now = 0;
        while (now < 10_000) {
            now = election.tick(now);
        }
        assertThat(election.tick(now)).isEqualTo(now + 12_800);

        hear(1, LOOKING, 1, 0, 1, 0, now);
        assertThat(election.tick(now)).isEqualTo(now + 200);
        now = election.tick(now + 200);
        hear(1, LOOKING, 1, 0, 1, 0, now - 100);
        assertThat(election.tick(now - 100)).isEqualTo(now);
        assertThat(election.tick(now)).isEqualTo(now + 800);
        hear(1, LOOKING, 2, 0, 1, 0, now + 1);
        assertThat(election.tick(now + 1)).isEqualTo(now + 201);
        now = election.tick(now + 201);
        hear(2, FOLLOWING, 1, 0, 7, 0, now - 300);
        assertThat(election.tick(now - 300)).isEqualTo(now - 100);
    }

    @Test
    void anEarlyTickDoesNothing() {
        server(1, Ensembles.voters(2));
        election.look(0, 0, 0);
        sent();

        assertThat(election.tick(199)).isEqualTo(200);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aSingleVoterElectsItselfAtOnce() {
        server(1, Ensembles.voters(1));
        election.look(5, 1, 0);

        assertElected(LEADING, 1);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aBetterVoteIsAdoptedAndPassedOn() {
        server(1, Ensembles.voters(5));
        election.look(0, 0, 0);
        sent();
        hear(2, LOOKING, 2, 0, 1, 0, 10);

        assertThat(sent())
                .containsExactly(
                        "2: LOOKING 2 0 1 0", "3: LOOKING 2 0 1 0", "4: LOOKING 2 0 1 0", "5: LOOKING 2 0 1 0");
        assertThat(election.tick(10)).isEqualTo(210);
    }

    @Test
    void aWorseVoteIsCountedAndNotAdopted() {
        server(2, Ensembles.voters(5));
        election.look(0, 0, 0);
        sent();
        hear(1, LOOKING, 1, 0, 1, 0, 10);

        assertThat(sent()).isEmpty();
    }

    @Test
    void aQuorumWaitsForABetterVote() {
        server(2, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, LOOKING, 2, 0, 1, 0, 50);

        assertThat(election.tick(60)).isEqualTo(250);
        assertThat(election.tick(249)).isEqualTo(250);
        assertThat(election.state()).isEqualTo(LOOKING);
        election.tick(250);
        assertElected(LEADING, 2);
    }

    @Test
    void moreOfTheSameDoNotMakeAQuorumWaitLonger() {
        server(3, Ensembles.voters(5));
        election.look(0, 0, 0);
        hear(1, LOOKING, 3, 0, 1, 0, 50);
        hear(2, LOOKING, 3, 0, 1, 0, 50);
        hear(4, LOOKING, 3, 0, 1, 0, 150);

        assertThat(election.tick(150)).isEqualTo(250);
    }

    @Test
    void aBetterVoteInTheMeantimeUndoesTheQuorum() {
        server(2, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, LOOKING, 2, 0, 1, 0, 50);
        sent();
        hear(3, LOOKING, 3, 0, 1, 0, 100);

        assertThat(sent()).containsExactly("1: LOOKING 3 0 1 0", "3: LOOKING 3 0 1 0");
        assertThat(election.tick(250)).isEqualTo(300);
        hear(1, LOOKING, 3, 0, 1, 0, 260);
        assertElected(FOLLOWING, 3);
    }

    @Test
    void otherVotesInTheMeantimeAreDiscarded() {
        server(3, Ensembles.voters(5));
        election.look(Z, 1, 0);
        hear(1, LOOKING, 3, Z, 1, 1, 10);
        hear(2, LOOKING, 3, Z, 1, 1, 10);
        sent();
        hear(2, LOOKING, 2, 0, 1, 1, 20);
        hear(5, LOOKING, 5, 0, 9, 1, 30);
        hear(5, LOOKING, 3, Z, 9, 1, 30);
        hear(5, LEADING, 5, 0, 9, 1, 40);

        assertThat(sent()).isEmpty();
        assertThat(election.tick(200)).isEqualTo(210);
        election.tick(210);
        assertElected(LEADING, 3);
    }

    /** Our own rule: nothing better can come once every voter has spoken. */
    @Test
    void theRoundEndsAtOnceWhenEveryVoterAgrees() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, LOOKING, 3, 0, 1, 0, 10);
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(2, LOOKING, 3, 0, 1, 0, 11);

        assertElected(LEADING, 3);
    }

    @Test
    void aVoteOfAnEarlierRoundIsAnsweredAndNotCounted() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        election.look(0, 0, 0);
        sent();
        hear(1, LOOKING, 3, 0, 1, 0, 10);
        hear(2, LOOKING, 2, 9, 1, 0, 10);

        assertThat(sent()).as("not adopted either").containsExactly("1: LOOKING 3 0 2 0", "2: LOOKING 3 0 2 0");
        assertThat(election.tick(10)).isEqualTo(200);
    }

    @Test
    void aVoteOfALaterRoundMovesThisServerThereWithTheBetterOfItsOwnAndThat() {
        server(3, Ensembles.voters(5));
        election.look(0, 0, 0);
        hear(5, LOOKING, 5, 0, 1, 0, 5);
        sent();
        hear(2, LOOKING, 2, 0, 4, 0, 10);

        assertThat(sent()).hasSize(4).contains("2: LOOKING 3 0 4 0");
        hear(4, LOOKING, 4, 0, 6, 0, 10);
        assertThat(sent()).hasSize(4).contains("4: LOOKING 4 0 6 0");
    }

    @Test
    void votesOfAnEarlierRoundAreForgottenInALaterOne() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, LOOKING, 3, 0, 2, 0, 10);
        assertThat(election.tick(10)).isEqualTo(210);
        election.look(0, 0, 20);

        assertThat(election.tick(20)).isEqualTo(220);
        election.tick(220);
        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void whoIsNoVoterOrVotesForNoneIsNotCounted() {
        server(2, Ensembles.withObservers(3, List.of(7L)));
        election.look(0, 0, 0);
        sent();
        hear(7, LOOKING, 2, 0, 1, 0, 10);
        hear(1, LOOKING, 9, 0, 1, 9, 10);
        hear(2, LOOKING, 3, 0, 1, 0, 10);

        assertThat(sent()).containsExactly("7: LOOKING 2 0 1 0");
        assertThat(election.tick(10)).isEqualTo(200);
    }

    // Section 3.4, step 4: others have a leader

    @Test
    void whoFollowedWhomIsForgottenWhenThisServerLooksAnew() {
        server(1, Ensembles.voters(5));
        election.look(0, 0, 0);
        hear(2, FOLLOWING, 5, 0, 7, 1, 10);
        hear(3, FOLLOWING, 5, 0, 7, 1, 10);
        election.look(0, 0, 20);
        hear(5, LEADING, 5, 0, 7, 1, 30);

        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void whoFollowedWhomIsForgottenInALaterRound() {
        server(1, Ensembles.voters(5));
        election.look(0, 0, 0);
        hear(2, FOLLOWING, 5, 0, 1, 1, 10);
        hear(3, FOLLOWING, 5, 0, 1, 1, 10);
        hear(4, LOOKING, 4, 0, 3, 0, 20);
        hear(5, LEADING, 5, 0, 3, 2, 30);

        assertThat(election.state()).isEqualTo(LOOKING);
    }

    /** The traps 1514, 1732, 1805 and 1810: members of one ensemble report different zxids and rounds. */
    @Test
    void aServerJoinsAnEnsembleWhoseMembersReportDifferentZxids() {
        server(1, Ensembles.voters(3));
        election.look(Z, 1, 0);
        hear(2, FOLLOWING, 3, 5, 9, 4, 10);
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(3, LEADING, 3, 0, 7, 4, 11);

        assertElected(FOLLOWING, 3);
        sent();
        hear(2, LOOKING, 2, 0, 1, 0, 20);
        assertThat(sent()).containsExactly("2: FOLLOWING 3 0 7 4");
    }

    @Test
    void inOneRoundAServerJoinsWhileTheOthersHaveNotAllServedYet() {
        server(1, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(2, FOLLOWING, 3, 0, 1, 0, 10);
        hear(3, LEADING, 3, 0, 1, 1, 11);

        assertElected(FOLLOWING, 3);
    }

    @Test
    void inAnotherRoundTheEpochsMustAgree() {
        server(1, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(2, FOLLOWING, 3, 0, 7, 0, 10);
        hear(3, LEADING, 3, 0, 7, 1, 11);
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(2, FOLLOWING, 3, 0, 7, 1, 12);

        assertElected(FOLLOWING, 3);
    }

    @Test
    void aLeaderThatDoesNotSaySoIsNotFollowed() {
        server(1, Ensembles.voters(5));
        election.look(0, 0, 0);
        for (long from = 2; from < 5; from++) {
            hear(from, FOLLOWING, 5, 0, 1, 1, 10);
        }
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(5, LEADING, 5, 0, 1, 1, 20);

        assertElected(FOLLOWING, 5);
    }

    @Test
    void aRestartedLeaderDoesNotLeadByWhatOthersRememberOfAnEarlierRound() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, FOLLOWING, 3, 0, 5, 1, 10);
        hear(2, FOLLOWING, 3, 0, 5, 1, 10);

        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void aLeaderLearnsFromOthersThatItWasElectedInThisRound() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(1, FOLLOWING, 3, 0, 1, 0, 10);
        hear(2, FOLLOWING, 3, 0, 1, 0, 10);

        assertElected(LEADING, 3);
    }

    @Test
    void anObserverIsNotCounted() {
        server(1, Ensembles.voters(3));
        election.look(0, 0, 0);
        hear(2, OBSERVING, 3, 0, 1, 1, 10);
        hear(3, LEADING, 3, 0, 1, 1, 10);

        assertThat(election.state()).isEqualTo(LOOKING);
    }

    // Section 3.6: observers

    @Test
    void anObserverAsksWithAVoteForNobodyAndFollowsWhomTheVotersFollow() {
        server(4, Ensembles.withObservers(3, List.of(4L)));
        election.look(5, 1, 0);
        assertThat(sent())
                .containsExactly(
                        "1: LOOKING -9223372036854775808 8000000000000000 1 -9223372036854775808",
                        "2: LOOKING -9223372036854775808 8000000000000000 1 -9223372036854775808",
                        "3: LOOKING -9223372036854775808 8000000000000000 1 -9223372036854775808");
        hear(2, FOLLOWING, 3, 0, 3, 1, 10);
        hear(3, LEADING, 3, 0, 3, 1, 10);

        assertElected(OBSERVING, 3);
    }

    @Test
    void anObserverEndsWithTheVotersButDoesNotCountItself() {
        server(4, Ensembles.withObservers(3, List.of(4L)));
        election.look(5, 1, 0);
        hear(1, LOOKING, 3, 0, 1, 0, 10);
        assertThat(election.tick(10)).isEqualTo(210);
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(2, LOOKING, 3, 0, 1, 0, 20);
        hear(3, LOOKING, 3, 0, 1, 0, 20);

        assertElected(OBSERVING, 3);
    }

    @Test
    void anObserverThatLostItsLeaderWaitsAWhileThatDiffersFromThatOfOthers() {
        List<Long> delays = new ArrayList<>();
        for (long sid = 4; sid < 8; sid++) {
            server(sid, Ensembles.withObservers(3, List.of(4L, 5L, 6L, 7L)));
            election.look(5, 1, 0);
            hear(2, FOLLOWING, 3, 0, 1, 1, 10);
            hear(3, LEADING, 3, 0, 1, 1, 10);
            sent();
            election.look(5, 1, 1000);
            assertThat(sent()).isEmpty();
            long askAt = election.tick(1000);
            delays.add(askAt - 1000);
            election.tick(askAt);
            assertThat(sent()).hasSize(3);
        }

        assertThat(delays).doesNotHaveDuplicates().allMatch(delay -> delay < 200);
    }

    @Test
    void aServerThatIsNoMemberActsAsAnObserver() {
        server(9, Ensembles.voters(3));
        election.look(Z, 9, 0);
        assertThat(sent()).hasSize(3).allMatch(line -> line.endsWith("8000000000000000 1 -9223372036854775808"));
        hear(2, FOLLOWING, 3, 0, 3, 1, 10);
        hear(3, LEADING, 3, 0, 3, 1, 10);

        assertElected(OBSERVING, 3);
    }

    // Section 3.7: a server without its data

    @Test
    void aServerWithoutItsDataElectsNobody() {
        server(3, Ensembles.voters(3));
        election.look(-1, 0, 0);
        hear(1, LOOKING, 2, 0, 1, 0, 10);
        hear(2, LOOKING, 2, 0, 1, 0, 10);
        hear(1, LOOKING, 3, -1, 1, 0, 10);
        hear(2, LOOKING, 3, -1, 1, 0, 10);
        hear(2, FOLLOWING, 3, -1, 1, 0, 10);

        election.tick(300);
        assertThat(election.state()).isEqualTo(LOOKING);
        hear(1, FOLLOWING, 2, 0, 1, 0, 310);
        hear(2, LEADING, 2, 0, 1, 0, 310);
        assertElected(FOLLOWING, 2);
    }

    @Test
    void aServerWithoutItsDataIsNotElected() {
        server(2, Ensembles.voters(3));
        election.look(0, 0, 0);
        sent();
        hear(3, LOOKING, 3, -1, 1, 9, 10);
        hear(3, LOOKING, 3, -1, 9, 9, 10);
        hear(3, LOOKING, 2, -1, 1, 0, 10);

        assertThat(sent()).isEmpty();
        assertThat(election.tick(10)).isEqualTo(200);
    }

    // Weights, handing over

    @Test
    void aVoterOfWeightZeroIsNeitherAdoptedNorEnough() {
        server(1, Ensembles.grouped(3, 1, 1, 0));
        election.look(0, 0, 0);
        sent();
        hear(3, LOOKING, 3, Z, 1, 1, 10);
        hear(3, LOOKING, 1, 0, 1, 0, 10);

        assertThat(sent()).isEmpty();
        assertThat(election.tick(10)).isEqualTo(200);
        hear(2, LOOKING, 2, 0, 1, 0, 20);
        assertThat(election.tick(20)).isEqualTo(220);
        election.tick(220);
        assertElected(FOLLOWING, 2);
    }

    @Test
    void aLeaderThatHandsOverVotesForItsHeir() {
        server(3, Ensembles.voters(3));
        election.look(2, Z, 1, 0);

        assertThat(sent()).containsExactly("1: LOOKING 2 100000008 1 1", "2: LOOKING 2 100000008 1 1");
        hear(1, LOOKING, 2, Z, 1, 1, 10);
        hear(2, LOOKING, 2, Z, 1, 1, 10);
        assertElected(FOLLOWING, 2);
    }

    /** This server has followed server 3 in epoch 1, and looks again, in its second round. */
    private void lookAfterServing(int voters) {
        server(1, Ensembles.voters(voters));
        election.look(0, 0, 0);
        for (long sid = 2; sid <= voters; sid++) {
            hear(sid, LOOKING, voters, 0, 1, 0, 0);
        }
        assertElected(FOLLOWING, voters);
        election.established(1);
        election.look(Z, 1, 0);
    }

    @Test
    void aVoterThatIsNotThereIsNotWaitedFor() {
        lookAfterServing(3);
        election.onAbsent(3, 5);
        assertThat(election.state()).isEqualTo(LOOKING);

        hear(2, LOOKING, 2, Z, 2, 1, 10);
        assertElected(FOLLOWING, 2);
    }

    @Test
    void aVoterThatIsFoundToBeGoneEndsTheWait() {
        lookAfterServing(3);
        hear(2, LOOKING, 2, Z, 2, 1, 10);
        assertThat(election.tick(10)).isEqualTo(210);

        election.onAbsent(3, 15);
        assertElected(FOLLOWING, 2);
    }

    @Test
    void withoutAQuorumNobodyIsElectedWhoeverIsGone() {
        lookAfterServing(5);
        for (long gone = 3; gone <= 5; gone++) {
            election.onAbsent(gone, 5);
        }
        hear(2, LOOKING, 2, Z, 2, 1, 10);

        assertThat(election.tick(5000)).isLessThan(NEVER);
        assertThat(election.state()).isEqualTo(LOOKING);
    }

    @Test
    void aVoterThatIsHeardAgainIsWaitedForAgain() {
        lookAfterServing(3);
        election.onAbsent(3, 0);
        hear(3, LOOKING, 3, 0, 2, 0, 5);
        hear(2, LOOKING, 2, Z, 2, 1, 10);

        assertThat(election.state()).isEqualTo(LOOKING);
        assertThat(election.tick(10)).isEqualTo(210);
    }

    /** Else the first two of three that start would not wait for the third, and the second, alone, for initLimit. */
    @Test
    void whileAllStartThoseThatAreNotThereYetAreWaitedFor() {
        server(1, Ensembles.voters(3));
        election.look(Z, 1, 0);
        election.onAbsent(3, 5);
        hear(2, LOOKING, 2, Z, 1, 1, 10);

        assertThat(election.state()).isEqualTo(LOOKING);
        assertThat(election.tick(10)).isEqualTo(210);
    }
}
