package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.FOLLOWING;
import static io.quorate.wire.quorum.PeerState.LEADING;
import static io.quorate.wire.quorum.PeerState.LOOKING;
import static io.quorate.wire.quorum.PeerState.OBSERVING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a server tells those who ask (quorum protocol, sections 3.5 and 21.1). */
final class ElectionAnswersTest extends OneElection {

    @Test
    void beforeItLooksAServerSaysNothing() {
        server(1, Ensembles.voters(3));
        hear(2, LOOKING, 2, 0, 1, 0, 10);

        assertThat(sent()).isEmpty();
        assertThat(election.tick(1_000_000)).isEqualTo(NEVER);
    }

    @Test
    void whoLooksIsToldTheLeaderAndTheEpochInWhichItServes() {
        server(3, Ensembles.voters(3));
        election.look(5, 1, 0);
        hear(1, LOOKING, 3, 5, 1, 1, 1);
        hear(2, LOOKING, 3, 5, 1, 1, 1);
        sent();
        hear(1, LOOKING, 1, Z, 1, 1, 20);
        assertThat(sent()).containsExactly("1: LEADING 3 5 1 1");
        election.established(2);
        hear(1, LOOKING, 1, Z, 1, 1, 30);
        assertThat(sent()).containsExactly("1: LEADING 3 5 1 2");
    }

    @Test
    void answersAreNotAnswered() {
        server(3, Ensembles.withObservers(3, List.of(7L)));
        election.look(5, 1, 0);
        sent();
        hear(1, FOLLOWING, 1, 5, 0, 1, 1);
        hear(7, OBSERVING, 1, 5, 0, 1, 1);
        assertThat(sent()).isEmpty();
        hear(1, LOOKING, 3, 5, 1, 1, 1);
        hear(2, LOOKING, 3, 5, 1, 1, 1);
        hear(1, FOLLOWING, 1, 5, 1, 1, 1);
        hear(7, OBSERVING, 1, 5, 1, 1, 1);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aStrangerIsToldAtOnceWhatThisServerSaysItself() {
        server(2, Ensembles.voters(3));
        election.look(5, 1, 0);
        sent();
        hear(9, LOOKING, Long.MIN_VALUE, Long.MIN_VALUE, 8, Long.MIN_VALUE, 1);
        assertThat(sent()).containsExactly("9: LOOKING 2 5 1 1");
        hear(1, LOOKING, 2, 5, 1, 1, 1);
        hear(3, LOOKING, 2, 5, 1, 1, 1);
        hear(9, LOOKING, Long.MIN_VALUE, Long.MIN_VALUE, 8, Long.MIN_VALUE, 1);
        assertThat(sent()).containsExactly("9: LEADING 2 5 1 1");
    }

    /** What section 7.3 and the trap 3109 need. */
    @Test
    void aLeaderKnowsWhoOfItsSupportersLooksAgain() {
        server(3, Ensembles.voters(5));
        election.look(5, 1, 0);
        hear(1, LOOKING, 3, 5, 1, 1, 1);
        hear(2, LOOKING, 3, 5, 1, 1, 1);
        election.tick(201);
        assertElected(LEADING, 3);

        hear(1, LOOKING, 3, 5, 1, 1, 300);
        hear(4, LOOKING, 4, 5, 2, 1, 300);
        assertThat(election.lookers())
                .as("the one was not done yet, the other did not vote")
                .isEmpty();
        hear(2, LOOKING, 4, 6, 1, 1, 310);
        assertThat(election.lookers()).containsExactly(2L);
        hear(1, LOOKING, 1, 5, 2, 1, 320);
        assertThat(election.lookers()).containsExactly(1L, 2L);
        election.look(5, 1, 400);
        assertThat(election.lookers()).isEmpty();
        hear(4, LOOKING, 3, 5, 2, 1, 410);
        hear(5, LOOKING, 3, 5, 2, 1, 410);
        election.tick(610);
        assertElected(LEADING, 3);
        hear(1, LOOKING, 1, 5, 3, 1, 700);
        assertThat(election.lookers()).as("it supported the term before").isEmpty();
    }

    @Test
    void oneWhoseRoleIsOverTellsNobodyOfIt() {
        server(3, Ensembles.voters(3));
        election.look(5, 1, 0);
        hear(1, LOOKING, 3, 5, 1, 1, 1);
        hear(2, LOOKING, 3, 5, 1, 1, 1);
        sent();
        election.retire();
        hear(1, LOOKING, 1, 5, 2, 1, 10);
        hear(9, LOOKING, 1, 5, 2, 1, 10);
        assertThat(sent()).isEmpty();
        assertThat(election.tick(1000)).isEqualTo(NEVER);
        election.look(5, 1, 2000);

        assertThat(election.state()).isEqualTo(LOOKING);
        assertThat(sent()).containsExactly("1: LOOKING 3 5 2 1", "2: LOOKING 3 5 2 1");
    }

    @Test
    void aVoterInAnEarlierRoundIsNotToldTwiceInAMoment() {
        server(3, Ensembles.voters(3));
        election.look(5, 1, 0);
        election.look(5, 1, 0);
        sent();
        hear(1, LOOKING, 1, 5, 1, 1, 10);
        hear(1, LOOKING, 2, 5, 1, 1, 11);
        hear(2, LOOKING, 2, 5, 1, 1, 12);
        hear(1, LOOKING, 2, 5, 1, 1, 109);
        assertThat(sent()).containsExactly("1: LOOKING 3 5 2 1", "2: LOOKING 3 5 2 1");
        hear(1, LOOKING, 2, 5, 1, 1, 110);
        assertThat(sent()).containsExactly("1: LOOKING 3 5 2 1");
    }

    /** The one has a member more in its configuration: itself. Both look, and neither finds a leader. */
    @Test
    void twoThatDisagreeAboutTheMembersDoNotAnswerEachOtherForEver() {
        Deque<Runnable> underWay = new ArrayDeque<>();
        Map<Long, Election> both = new TreeMap<>();
        int[] delivered = new int[1];
        for (long sid : List.of(1L, 4L)) {
            both.put(sid, new Election(Ensembles.settings(sid, Ensembles.voters(sid == 1 ? 3 : 4)), (to, n) -> {
                if (both.containsKey(to)) {
                    underWay.add(() -> both.get(to).onNotification(sid, n, 1 + delivered[0]++ / 100));
                }
            }));
        }
        both.get(1L).look(0, 0, 0);
        both.get(4L).look(0, 0, 0);
        both.get(4L).look(0, 0, 0);

        while (!underWay.isEmpty() && delivered[0] < 1000) {
            underWay.remove().run();
        }
        assertThat(delivered[0]).isLessThan(10);
    }

    // Section 21.1: what servers of 3.9.5 were heard saying

    @Test
    void aRestartedServerJoinsBehindStaleDuplicates() {
        server(1, Ensembles.voters(3));
        election.look(Z, 1, 0);
        assertThat(sent()).containsExactly("2: LOOKING 1 100000008 1 1", "3: LOOKING 1 100000008 1 1");

        hear(2, LOOKING, 3, 0, 1, 0, 10);
        hear(3, LOOKING, 3, 0, 1, 0, 11);
        assertThat(sent()).isEmpty();
        hear(3, LEADING, 3, 0, 1, 1, 12);
        hear(2, FOLLOWING, 3, 0, 1, 1, 13);

        assertElected(FOLLOWING, 3);
        assertThat(sent()).isEmpty();
    }

    @Test
    void anEstablishedLeaderSaysWhatTheCaptureShows() {
        server(3, Ensembles.voters(3));
        election.look(0, 0, 0);
        assertThat(sent()).containsExactly("1: LOOKING 3 0 1 0", "2: LOOKING 3 0 1 0");
        hear(1, LOOKING, 1, 0, 1, 0, 5);
        hear(1, LOOKING, 3, 0, 1, 0, 6);
        hear(2, LOOKING, 3, 0, 1, 0, 6);
        election.established(1);
        hear(1, LOOKING, 1, Z, 1, 1, 9000);

        assertThat(sent()).containsExactly("1: LEADING 3 0 1 1");
    }
}
