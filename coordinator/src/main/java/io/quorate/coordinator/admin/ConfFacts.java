package io.quorate.coordinator.admin;

import java.util.Optional;

/**
 * The settings that {@code conf} shows, as they are in force. Ports and the backlog are −1 if not set; times in milliseconds.
 *
 * @param dataDir where snapshots are, {@code version-2} included
 * @param dataLogDir where the log is, {@code version-2} included
 */
public record ConfFacts(
        int clientPort,
        int secureClientPort,
        String dataDir,
        String dataLogDir,
        int tickMillis,
        int maxClientCnxns,
        int minSessionTimeoutMillis,
        int maxSessionTimeoutMillis,
        int clientPortListenBacklog,
        long serverId,
        Optional<EnsembleFacts> ensemble) {

    /**
     * What {@code conf} shows of an ensemble. Several ports are joined by {@code |}.
     *
     * @param membership its text, without a line end behind it
     */
    public record EnsembleFacts(
            int initLimit,
            int syncLimit,
            String electionPort,
            String quorumPort,
            boolean observer,
            String membership) {}
}
