package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which time stamp belongs to which reply. */
final class BatchesTest {

    private final Meter meter = new Meter();

    @Test
    void repliesOfSeveralWritesKeepTheirOwnTimes() {
        Batches batches = new Batches(4);
        batches.sent(3, 1_000_000);
        batches.sent(4, 5_000_000);

        batches.answered(4, 9_000_000, meter);

        assertThat(meter.latencyMicros(75)).isBetween(7_990.0, 8_010.0);
        assertThat(meter.latencyMicros(0)).isBetween(3_990.0, 4_010.0);
    }

    @Test
    void aWriteAnsweredInPiecesCountsEachPieceFromTheWrite() {
        Batches batches = new Batches(2);
        batches.sent(2, 0);

        batches.answered(1, 1_000_000, meter);
        batches.answered(2, 2_000_000, meter);

        assertThat(meter.latencyMicros(50)).isBetween(999.0, 1_001.0);
        assertThat(meter.latencyMicros(100)).isBetween(1_999.0, 2_002.0);
    }

    @Test
    void theRingGoesRoundForEver() {
        Batches batches = new Batches(2);
        for (int xid = 1; xid <= 1_000; xid++) {
            batches.sent(xid, xid * 1_000_000L);
            batches.answered(xid, xid * 1_000_000L + 7_000, meter);
        }

        assertThat(meter.latencyMicros(0)).isBetween(6.9, 7.1);
        assertThat(meter.latencyMicros(100)).isBetween(6.9, 7.1);
    }
}
