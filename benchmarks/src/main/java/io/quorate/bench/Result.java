package io.quorate.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all rounds of one row gave, by side. A side that failed has what it gave before, and the reason. */
record Result(Row row, Map<Side, List<Sample>> samples, Map<Side, String> failures) {

    /** Median and range of a metric over the rounds of one side. */
    record Spread(double min, double median, double max) {}

    Result {
        samples = Map.copyOf(samples);
        failures = Map.copyOf(failures);
    }

    /** The spread of a metric, empty if the side did not measure it. */
    Optional<Spread> spread(Side side, Metric metric) {
        double[] sorted = samples.getOrDefault(side, List.of()).stream()
                .filter(sample -> sample.values().containsKey(metric))
                .mapToDouble(sample -> sample.values().get(metric))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(
                new Spread(sorted[0], median, Arrays.stream(sorted).max().orElseThrow()));
    }
}
