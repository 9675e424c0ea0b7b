package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of votes (quorum protocol, section 3.3). */
final class VoteTest {

    private static final Members THREE = Ensembles.voters(3);

    @ParameterizedTest
    @CsvSource({
        // leader zxid epoch, each greater than the other in what counts less
        "1, 0, 2,  3, 9, 1",
        "1, 9, 1,  3, 8, 1",
        "3, 9, 1,  2, 9, 1",
        "1, 0, 0,  3, -5, 0",
        "1, 0, 0,  3, 9, -1",
        "1, 1, 0x7fffffff, 3, 2, 0x7ffffffe",
    })
    void epochThenZxidThenSidDecide(long leader, String zxid, String epoch, long leader2, String zxid2, String epoch2) {
        Vote better = new Vote(leader, Long.decode(zxid), Long.decode(epoch));
        Vote worse = new Vote(leader2, Long.decode(zxid2), Long.decode(epoch2));

        assertThat(better.beats(worse, THREE)).isTrue();
        assertThat(worse.beats(better, THREE)).isFalse();
    }

    @Test
    void noVoteBeatsItself() {
        assertThat(new Vote(1, 2, 3).beats(new Vote(1, 2, 3), THREE)).isFalse();
    }

    @Test
    void aServerOfWeightZeroBeatsNobody() {
        Members members = Ensembles.grouped(3, 1, 1, 0);

        assertThat(new Vote(3, 9, 9).beats(new Vote(1, 0, 0), members)).isFalse();
        assertThat(new Vote(3, 9, 9).beats(Vote.NOBODY, members)).isFalse();
        assertThat(new Vote(1, 9, 9).beats(new Vote(3, 0, 0), members)).isTrue();
    }

    @Test
    void everybodyBeatsNobody() {
        assertThat(new Vote(1, -1, -1).beats(Vote.NOBODY, THREE)).isTrue();
    }
}
