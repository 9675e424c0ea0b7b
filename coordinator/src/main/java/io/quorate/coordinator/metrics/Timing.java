package io.quorate.coordinator.metrics;

import java.util.Locale;

/** What is measured again and again; exported as mean, least, greatest, number and sum. */
public enum Timing {
    FSYNCTIME("Time of one sync of the log", Unit.MILLIS),
    SNAPSHOTTIME("Time from the beginning of a snapshot until it is safe on disk", Unit.MILLIS),
    DBINITTIME("Time to load snapshot and log at start", Unit.MILLIS),
    STARTUP_TXNS_LOADED("Transactions replayed at start", Unit.COUNT),
    STARTUP_TXNS_LOAD_TIME("Time to replay transactions at start", Unit.MILLIS),
    STARTUP_SNAP_LOAD_TIME("Time to load the snapshot at start", Unit.MILLIS),
    SYNC_PROCESSOR_BATCH_SIZE("Transactions that one sync of the log covers", Unit.COUNT),
    JVM_PAUSE_TIME_MS("Time for which the whole process stood still", Unit.MILLIS);

    private final String help;
    private final Unit unit;

    Timing(String help, Unit unit) {
        this.help = help;
        this.unit = unit;
    }

    /** The name without any prefix. */
    public String exportedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String help() {
        return help;
    }

    public Unit unit() {
        return unit;
    }
}
