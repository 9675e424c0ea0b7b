package io.quorate.bench;

/** What is measured, with its unit. Enum order is the order of a report. */
enum Metric {
    RATE("operations/s"),
    SERVER_CPU("server CPU µs/op"),
    DRIVER_CPU("driver CPU µs/op"),
    P50("p50 µs"),
    P99("p99 µs"),
    P999("p99.9 µs"),
    MAX("max µs"),
    LIVE_HEAP("live heap bytes/znode"),
    RESIDENT("resident growth bytes/znode"),
    RECOVERY("kill -9 to serving, ms"),
    SLOWEST_SECOND("slowest second, % of mean"),
    NEW_FILES("files created by the server");

    private final String title;

    Metric(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
