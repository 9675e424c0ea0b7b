package io.quorate.bench;

/** What is measured, with its unit. Enum order is the order of a report. */
enum Metric {
    RATE("operations/s", true),
    SERVER_CPU("server CPU µs/op", false),
    DRIVER_CPU("driver CPU µs/op", false),
    P50("p50 µs", false),
    P99("p99 µs", false),
    P999("p99.9 µs", false),
    MAX("max µs", false),
    LIVE_HEAP("live heap bytes/znode", false),
    RESIDENT("resident growth bytes/znode", false),
    RECOVERY("kill -9 to serving, ms", false),
    SLOWEST_SECOND("slowest second, % of mean", true),
    NEW_FILES("files created by the server", false);

    private final String title;
    private final boolean moreIsBetter;

    Metric(String title, boolean moreIsBetter) {
        this.title = title;
        this.moreIsBetter = moreIsBetter;
    }

    String title() {
        return title;
    }

    boolean isMoreBetter() {
        return moreIsBetter;
    }
}
