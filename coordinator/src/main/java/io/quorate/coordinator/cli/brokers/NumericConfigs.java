package io.quorate.coordinator.cli.brokers;

import java.util.Map;

/** The configs of topics that are whole numbers, each with the least one that brokers take; brokers fail on others. Pure. */
final class NumericConfigs {

    private static final Map<String, Long> LEAST = Map.ofEntries(
            Map.entry("delete.retention.ms", 0L),
            Map.entry("file.delete.delay.ms", 0L),
            Map.entry("flush.messages", 0L),
            Map.entry("flush.ms", 0L),
            Map.entry("index.interval.bytes", 0L),
            Map.entry("local.retention.bytes", -2L),
            Map.entry("local.retention.ms", -2L),
            Map.entry("max.compaction.lag.ms", 1L),
            Map.entry("max.message.bytes", 0L),
            Map.entry("message.timestamp.after.max.ms", 0L),
            Map.entry("message.timestamp.before.max.ms", 0L),
            Map.entry("message.timestamp.difference.max.ms", 0L),
            Map.entry("min.compaction.lag.ms", 0L),
            Map.entry("min.insync.replicas", 1L),
            Map.entry("retention.bytes", Long.MIN_VALUE),
            Map.entry("retention.ms", -1L),
            Map.entry("segment.bytes", 14L),
            Map.entry("segment.index.bytes", 0L),
            Map.entry("segment.jitter.ms", 0L),
            Map.entry("segment.ms", 1L));

    private NumericConfigs() {}

    /** What is wrong with one of these; null if nothing is. Configs that are not known are not judged. */
    static String objection(Map<String, String> config) {
        for (Map.Entry<String, String> each : config.entrySet()) {
            Long least = LEAST.get(each.getKey());
            if (least == null) {
                continue;
            }
            String given = each.getKey() + "=" + each.getValue();
            try {
                if (Long.parseLong(each.getValue().strip()) < least) {
                    return given + ": the least is " + least;
                }
            } catch (NumberFormatException e) {
                return given + " is no whole number";
            }
        }
        return null;
    }
}
