package io.quorate.bench;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one measured interval gave: the number of operations and, for each metric that applies, its value in the metric's
 * unit.
 */
record Sample(long operations, Map<Metric, Double> values) {

    Sample {
        values = Map.copyOf(values);
    }

    /** The figures every load has. {@code nanos} is the time the operations took. */
    static Sample of(Meter meter, long operations, long nanos, CpuUse cpu) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RATE, operations * 1e9 / nanos);
        cpu.serverMicros().ifPresent(micros -> values.put(Metric.SERVER_CPU, micros / operations));
        values.put(Metric.DRIVER_CPU, cpu.driverMicros() / operations);
        values.put(Metric.P50, meter.latencyMicros(50));
        values.put(Metric.P99, meter.latencyMicros(99));
        values.put(Metric.P999, meter.latencyMicros(99.9));
        values.put(Metric.MAX, meter.latencyMicros(100));
        return new Sample(operations, values);
    }

    /** This sample with one more figure. */
    Sample with(Metric metric, double value) {
        Map<Metric, Double> more = new EnumMap<>(Metric.class);
        more.putAll(values);
        more.put(metric, value);
        return new Sample(operations, more);
    }
}
