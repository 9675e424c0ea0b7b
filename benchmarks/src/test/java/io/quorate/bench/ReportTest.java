package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of medians, ranges and ratios. */
final class ReportTest {

    private static final Side LEFT = new Side("zookeeper", ServerKind.ZOOKEEPER, List.of(), List.of());
    private static final Side RIGHT = new Side("quorate", ServerKind.QUORATE, List.of(), List.of());
    private static final Row ROW = Rows.named(List.of("set1")).get(0);

    @Test
    void aLineHasMedianRangeAndTheRatioOfMedians() {
        Report report = new Report(List.of(LEFT, RIGHT), "machine", "conditions");
        report.add(new Result(ROW, Map.of(LEFT, rates(50, 10, 20), RIGHT, rates(200, 100)), Map.of()));

        assertThat(report.toString())
                .endsWith("| setData, 1 × 1 | operations/s | 20.0 (10.0 to 50.0) | 150 (100 to 200) | 7.50 |\n");
    }

    @Test
    void aSideThatFailedIsNamed() {
        Report report = new Report(List.of(LEFT, RIGHT), "machine", "conditions");
        report.add(new Result(ROW, Map.of(LEFT, rates(5)), Map.of(RIGHT, "no reply\nat all")));

        assertThat(report.toString())
                .contains("| setData, 1 × 1 | operations/s | 5.00 (5.00 to 5.00) | – | – |\n")
                .endsWith("| setData, 1 × 1 | failed | quorate: no reply |  |  |\n");
    }

    private static List<Sample> rates(double... rates) {
        return Arrays.stream(rates)
                .mapToObj(rate -> new Sample(1, Map.of(Metric.RATE, rate)))
                .toList();
    }
}
