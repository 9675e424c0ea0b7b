package io.quorate.registry.model;

/** Which versions of a feature a broker supports, both ends included; 16-bit numbers from 0 (registry spec 1.1). */
public record FeatureRange(int min, int max) {
    public FeatureRange {
        if (min < 0 || max > Short.MAX_VALUE || min > max) {
            throw new IllegalArgumentException("not a range of versions: " + min + " to " + max);
        }
    }
}
