package io.quorate.coordinator.cli.ensemble;

import java.util.HashMap;
import java.util.Map;

/**
 * What a server says of itself in its answer to {@code srvr}. Pure.
 *
 * @param mode standalone, leader, follower, observer or read-only
 */
record Summary(
        String version, String mode, long zxid, long connections, long outstanding, double latencyAverage, long nodes) {

    /** Whether it serves only sessions that change nothing, because it sees no quorum. */
    boolean isReadOnly() {
        return mode.equals("read-only");
    }

    /** Reads an answer; null if it is none of a server that serves. */
    static Summary parse(String answer) {
        Map<String, String> lines = new HashMap<>();
        answer.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        if (!lines.containsKey("Mode") || !lines.containsKey("Zxid")) {
            return null;
        }
        return new Summary(
                lines.getOrDefault("Zookeeper version", "").replaceFirst(", built on .*", ""),
                lines.get("Mode"),
                Long.parseUnsignedLong(lines.get("Zxid").substring("0x".length()), 16),
                number(lines, "Connections"),
                number(lines, "Outstanding"),
                average(lines.getOrDefault("Latency min/avg/max", "")),
                number(lines, "Node count"));
    }

    private static long number(Map<String, String> lines, String key) {
        return Long.parseLong(lines.getOrDefault(key, "0"));
    }

    private static double average(String latencies) {
        String[] three = latencies.split("/", -1);
        return three.length == 3 ? Double.parseDouble(three[1]) : 0;
    }
}
