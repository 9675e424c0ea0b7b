package io.quorate.coordinator.cli.brokers;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Small values as operators read them. Pure. */
final class Texts {

    private Texts() {}

    /** {@code 1,2,3}. */
    static String ids(List<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** A time in UTC to the second; null if it is not known. */
    static String time(long millis) {
        return millis < 0
                ? null
                : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
