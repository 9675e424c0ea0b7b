package io.quorate.coordinator.cli.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many topics are read at a time. */
final class TopicBatchesTest {

    @Test
    void aBatchHasAboutSoManyPartitionsWhateverTheTopicsAreLike() {
        assertThat(TopicBatches.next(10, 1_000)).isEqualTo(50);
        assertThat(TopicBatches.next(50, 5_000)).isEqualTo(50);
        assertThat(TopicBatches.next(10, 10)).isEqualTo(500);
        assertThat(TopicBatches.next(10, 10_000_000)).isEqualTo(1);
        assertThat(TopicBatches.next(0, 0)).isEqualTo(500);
        assertThat(TopicBatches.next(500, Integer.MAX_VALUE)).isEqualTo(1);
    }
}
