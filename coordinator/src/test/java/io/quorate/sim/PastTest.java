package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PastTest {

    private static Past of(long... zxids) {
        return LongStream.of(zxids)
                .mapToObj(zxid -> new SimDisk.Entry(zxid, new byte[] {(byte) zxid}))
                .reduce(Past.EMPTY, Past::with, (one, other) -> other);
    }

    @Test
    void endsWhereItIsCut() {
        Past past = of(1, 2, 5, 7);

        assertThat(past.upTo(9)).isSameAs(past);
        assertThat(past.upTo(7)).isSameAs(past);
        assertThat(past.upTo(6).zxid()).isEqualTo(5);
        assertThat(past.upTo(0)).isSameAs(Past.EMPTY);
        assertThat(past.zxid()).isEqualTo(7);
    }

    @Test
    void tellsWhatIsBehindOldestFirst() {
        assertThat(of(1, 2, 5, 7).behind(1))
                .extracting(SimDisk.Entry::zxid)
                .containsExactly(2L, 5L, 7L);
        assertThat(of(1, 2).behind(2)).isEmpty();
        assertThat(Past.EMPTY.behind(0)).isEmpty();
    }
}
