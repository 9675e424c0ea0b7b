package io.quorate.coordinator.admin;

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
        int serverId) {}
