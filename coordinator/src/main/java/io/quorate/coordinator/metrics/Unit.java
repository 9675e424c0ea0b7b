package io.quorate.coordinator.metrics;

/** In what a metric is counted. */
public enum Unit {
    COUNT,
    BYTES,
    MILLIS
}
