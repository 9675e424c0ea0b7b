package io.quorate.coordinator.cli.brokers;

import java.util.Map;

/** The configs of topics that are whole numbers, each with those that brokers take; brokers fail on others. Pure. */
final class NumericConfigs {

    private static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("delete.retention.ms", Range.longFrom(0)),
            Map.entry("file.delete.delay.ms", Range.longFrom(0)),
            Map.entry("flush.messages", Range.longFrom(1)),
            Map.entry("flush.ms", Range.longFrom(0)),
            Map.entry("index.interval.bytes", Range.intFrom(0)),
            Map.entry("local.retention.bytes", Range.longFrom(-2)),
            Map.entry("local.retention.ms", Range.longFrom(-2)),
            Map.entry("max.compaction.lag.ms", Range.longFrom(1)),
            Map.entry("max.message.bytes", Range.intFrom(0)),
            Map.entry("message.timestamp.after.max.ms", Range.longFrom(0)),
            Map.entry("message.timestamp.before.max.ms", Range.longFrom(0)),
            Map.entry("message.timestamp.difference.max.ms", Range.longFrom(0)),
            Map.entry("min.compaction.lag.ms", Range.longFrom(0)),
            Map.entry("min.insync.replicas", Range.intFrom(1)),
            Map.entry("retention.bytes", Range.longFrom(Long.MIN_VALUE)),
            Map.entry("retention.ms", Range.longFrom(-1)),
            Map.entry("segment.bytes", Range.intFrom(14)),
            Map.entry("segment.index.bytes", Range.intFrom(4)),
            Map.entry("segment.jitter.ms", Range.longFrom(0)),
            Map.entry("segment.ms", Range.longFrom(1)));

    private NumericConfigs() {}

    /** What is wrong with one of these; null if nothing is. Configs that are not known are not judged. */
    static String objection(Map<String, String> config) {
        for (Map.Entry<String, String> each : config.entrySet()) {
            Range range = RANGES.get(each.getKey());
            String objection = range == null ? null : range.objection(each.getValue());
            if (objection != null) {
                return each.getKey() + "=" + each.getValue() + objection;
            }
        }
        return null;
    }

    private record Range(long least, long greatest) {

        static Range longFrom(long least) {
            return new Range(least, Long.MAX_VALUE);
        }

        static Range intFrom(long least) {
            return new Range(least, Integer.MAX_VALUE);
        }

        private String objection(String value) {
            try {
                long number = Long.parseLong(value.strip());
                if (number < least) {
                    return ": the least is " + least;
                }
                return number > greatest ? ": the greatest is " + greatest : null;
            } catch (NumberFormatException e) {
                return " is no whole number";
            }
        }
    }
}
