package io.quorate.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** What all rounds of one row gave, by side. A side that failed has what it gave before, and the reason. */
record Result(Row row, Map<Side, List<Sample>> samples, Map<Side, String> failures) {

    /** Median and range of some figures. */
    record Spread(double min, double median, double max) {

        /** Of at least one figure. */
        static Spread of(DoubleStream figures) {
            double[] sorted = figures.sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }

    Result {
        samples = Map.copyOf(samples);
        failures = Map.copyOf(failures);
    }

    /** The spread of a metric, empty if the side did not measure it. */
    Optional<Spread> spread(Side side, Metric metric) {
        List<Sample> measured = samples.getOrDefault(side, List.of()).stream()
                .filter(sample -> sample.values().containsKey(metric))
                .toList();
        return measured.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(
                        measured.stream().mapToDouble(sample -> sample.values().get(metric))));
    }
}
