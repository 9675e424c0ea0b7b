package io.quorate.coordinator.metrics;

import java.util.Locale;

/** What only grows: name as exported, what it says, and in which unit. */
public enum Counter {
    CONNECTION_REQUEST_COUNT("Connect requests taken", Unit.COUNT),
    CONNECTION_REJECTED("Connections closed because a limit on their number was reached", Unit.COUNT),
    SESSIONLESS_CONNECTIONS_EXPIRED("Connections closed because they asked for no session in time", Unit.COUNT),
    LARGE_REQUESTS_REJECTED("Connections closed because large requests take too much already", Unit.COUNT),
    BYTES_RECEIVED_COUNT("Bytes of frames that clients sent", Unit.BYTES),
    RESPONSE_BYTES("Bytes of replies sent to clients", Unit.BYTES),
    WATCH_BYTES("Bytes of watch events sent to clients", Unit.BYTES),
    COMMIT_COUNT("Transactions committed", Unit.COUNT),
    SNAP_COUNT("Snapshots sent to learners", Unit.COUNT),
    DIFF_COUNT("Learners brought level by single transactions", Unit.COUNT),
    PROPOSAL_COUNT("Transactions proposed", Unit.COUNT),
    SNAPSHOT_ERROR_COUNT("Snapshots that could not be written", Unit.COUNT),
    STALE_SESSIONS_EXPIRED("Sessions that ended because nothing was heard from their client", Unit.COUNT),
    DIGEST_MISMATCHES_COUNT("Transactions that left another tree than was predicted", Unit.COUNT),
    THROTTLED_OPS("Requests refused because they waited too long", Unit.COUNT),
    UNRECOVERABLE_ERROR_COUNT("Errors that end the process", Unit.COUNT),
    WRITES_REFUSED_FOR_SPACE("Writes refused because the disk is nearly full; not known to the reference", Unit.COUNT);

    private final String help;
    private final Unit unit;

    Counter(String help, Unit unit) {
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
