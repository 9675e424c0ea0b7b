package io.quorate.coordinator.cli.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds as in the broker of Kafka 3.9.1: what is 32 bits long there must not be longer here. */
final class NumericConfigsTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    segment.bytes, 2147483648, ': the greatest is 2147483647'
                    segment.bytes, 13, ': the least is 14'
                    segment.index.bytes, 3, ': the least is 4'
                    segment.index.bytes, 3000000000, ': the greatest is 2147483647'
                    index.interval.bytes, 3000000000, ': the greatest is 2147483647'
                    max.message.bytes, 3000000000, ': the greatest is 2147483647'
                    min.insync.replicas, 3000000000, ': the greatest is 2147483647'
                    flush.messages, 0, ': the least is 1'
                    retention.ms, 9223372036854775808, ' is no whole number'
                    """)
    void refused(String name, String value, String objection) {
        assertThat(NumericConfigs.objection(Map.of(name, value))).isEqualTo(name + "=" + value + objection);
    }

    @ParameterizedTest
    @CsvSource({
        "segment.bytes, 2147483647",
        "segment.ms, 3000000000",
        "retention.bytes, -1",
        "flush.messages, 1",
        "no.such.config, x"
    })
    void taken(String name, String value) {
        assertThat(NumericConfigs.objection(Map.of(name, value))).isNull();
    }
}
