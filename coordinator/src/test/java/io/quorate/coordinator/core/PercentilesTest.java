package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PercentilesTest {

    private final Percentiles percentiles = new Percentiles();

    @Test
    void nothingMeasuredIsNothing() {
        assertThat(percentiles.at(0.99)).isZero();
    }

    @Test
    void smallTimesAreExact() {
        for (int millis = 0; millis < 100; millis++) {
            percentiles.add(millis);
        }
        assertThat(percentiles.at(0.5)).isEqualTo(49);
        assertThat(percentiles.at(0.99)).isEqualTo(98);
        assertThat(percentiles.at(1)).isEqualTo(99);
    }

    @Test
    void largeTimesAreWithinAnEighthAndNeverAboveTheGreatest() {
        for (long millis = 200; millis < Long.MAX_VALUE / 16; millis *= 3) {
            percentiles.reset();
            percentiles.add(millis);
            percentiles.add(millis * 8);
            assertThat(percentiles.at(0.5)).isBetween(millis, millis + millis / 8);
            assertThat(percentiles.at(1)).isEqualTo(millis * 8);
        }
    }
}
