package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The equality of votes (quorum protocol, section 3.4). */
final class BallotsTest {

    private static Notification vote(String text, int version) {
        String[] words = text.split(" ", -1);
        return new Notification(
                PeerState.valueOf(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                version,
                version == 0 ? null : "version=0");
    }

    private static boolean agree(boolean comparesEpochs, Notification one, Notification other) {
        Ballots ballots = new Ballots(comparesEpochs);
        ballots.put(1, one);
        return ballots.agreeing(other).contains(1L);
    }

    /** Each vote: state, leader, zxid, round, epoch. */
    @ParameterizedTest
    @CsvSource({
        "LOOKING 3 5 1 2, LOOKING 3 5 1 2, true, true",
        "LOOKING 3 5 1 2, LEADING 3 5 1 2, true, true",
        "FOLLOWING 3 5 1 2, LOOKING 3 5 1 2, true, true",
        "LOOKING 3 5 1 2, LOOKING 2 5 1 2, false, false",
        "LOOKING 3 5 1 2, LOOKING 3 6 1 2, false, false",
        "LOOKING 3 5 1 2, LOOKING 3 5 2 2, false, false",
        "LOOKING 3 5 1 2, LOOKING 3 5 1 3, false, false",
        "LOOKING 3 5 1 2, FOLLOWING 3 5 1 3, false, false",
        "LOOKING 3 5 1 2, FOLLOWING 3 5 2 2, false, false",
        "FOLLOWING 3 5 1 2, LEADING 3 9 7 2, true, true",
        "FOLLOWING 3 5 1 2, FOLLOWING 2 5 1 2, false, false",
        "FOLLOWING 3 5 1 1, LEADING 3 5 1 2, true, false",
    })
    void votesAreEqual(String one, String other, boolean inOneRound, boolean amongSettled) {
        assertThat(agree(false, vote(one, 2), vote(other, 2))).isEqualTo(inOneRound);
        assertThat(agree(true, vote(one, 2), vote(other, 2))).isEqualTo(amongSettled);
        assertThat(agree(true, vote(other, 2), vote(one, 2))).isEqualTo(amongSettled);
    }

    @Test
    void theEpochOfAnOldSenderIsComparedOnlyWithThatOfAnother() {
        Notification old = vote("FOLLOWING 3 5 1 1", 0);

        assertThat(agree(true, old, vote("LEADING 3 5 1 2", 2))).isTrue();
        assertThat(agree(true, old, vote("LEADING 3 5 1 2", 0))).isFalse();
        assertThat(agree(true, old, vote("LEADING 2 5 1 1", 2))).isFalse();
        assertThat(agree(true, old, vote("LOOKING 3 5 1 2", 2))).isFalse();
    }

    @Test
    void onlyWhoSaysSoLeads() {
        Ballots ballots = new Ballots(true);
        ballots.put(1, vote("FOLLOWING 3 5 1 1", 2));
        assertThat(ballots.leads(3)).isFalse();
        ballots.put(3, vote("LOOKING 3 5 1 1", 2));
        assertThat(ballots.leads(3)).isFalse();
        ballots.put(3, vote("LEADING 3 5 1 1", 2));
        assertThat(ballots.leads(3)).isTrue();
        ballots.clear();
        assertThat(ballots.leads(3)).isFalse();
    }
}
