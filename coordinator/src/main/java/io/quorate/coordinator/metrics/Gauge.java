package io.quorate.coordinator.metrics;

import java.util.Locale;

/** What is looked up when somebody asks: name as exported, what it says, and in which unit. */
public enum Gauge {
    AVG_LATENCY("Mean time from taking a request to answering it", Unit.MILLIS),
    MAX_LATENCY("Longest time from taking a request to answering it", Unit.MILLIS),
    MIN_LATENCY("Shortest time from taking a request to answering it", Unit.MILLIS),
    PACKETS_RECEIVED("Frames and commands that clients sent", Unit.COUNT),
    PACKETS_SENT("Frames that were sent to clients", Unit.COUNT),
    NUM_ALIVE_CONNECTIONS("Open connections of clients, this command's included", Unit.COUNT),
    OUTSTANDING_REQUESTS("Requests taken and not answered yet", Unit.COUNT),
    UPTIME("Time since the server began to serve", Unit.MILLIS),
    ZNODE_COUNT("Nodes of the tree; the root counts twice, as in the reference", Unit.COUNT),
    WATCH_COUNT("Watches set, data and child watches added up", Unit.COUNT),
    EPHEMERALS_COUNT("Ephemeral nodes", Unit.COUNT),
    APPROXIMATE_DATA_SIZE("Lengths of all paths and all data", Unit.BYTES),
    GLOBAL_SESSIONS("Sessions that every server of the ensemble knows", Unit.COUNT),
    LOCAL_SESSIONS("Sessions that this server alone knows", Unit.COUNT),
    QUORUM_SIZE("Members of the ensemble that vote", Unit.COUNT),
    LEARNERS("Learners connected to this leader", Unit.COUNT),
    FOLLOWERS("Followers connected to this leader", Unit.COUNT),
    SYNCED_FOLLOWERS("Followers that have this leader's history and vote", Unit.COUNT),
    SYNCED_NON_VOTING_FOLLOWERS("Followers that have this leader's history and do not vote", Unit.COUNT),
    SYNCED_OBSERVERS("Observers that have this server's history", Unit.COUNT),
    PENDING_SYNCS("Syncs that wait for a commit at this leader", Unit.COUNT),
    LEADER_UPTIME("Time since this server began to lead", Unit.MILLIS),
    LAST_PROPOSAL_SIZE("Length of the last proposal", Unit.BYTES),
    MIN_PROPOSAL_SIZE("Length of the shortest proposal", Unit.BYTES),
    MAX_PROPOSAL_SIZE("Length of the longest proposal", Unit.BYTES),
    OPEN_FILE_DESCRIPTOR_COUNT("File descriptors this process has open", Unit.COUNT),
    MAX_FILE_DESCRIPTOR_COUNT("File descriptors this process may have open", Unit.COUNT),
    AUTH_FAILED_COUNT("Proofs of identity that were refused", Unit.COUNT),
    OUTSTANDING_TLS_HANDSHAKE("TLS handshakes under way", Unit.COUNT),
    NON_MTLS_REMOTE_CONN_COUNT("Peers of an ensemble connected to this server without mutual TLS", Unit.COUNT),
    NON_MTLS_LOCAL_CONN_COUNT("Connections of this server to peers without mutual TLS", Unit.COUNT),
    CONNECTION_DROP_PROBABILITY("Share of connect requests that a throttle refuses", Unit.COUNT);

    private final String help;
    private final Unit unit;

    Gauge(String help, Unit unit) {
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
