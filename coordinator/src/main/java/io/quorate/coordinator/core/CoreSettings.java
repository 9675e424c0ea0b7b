package io.quorate.coordinator.core;

import io.quorate.coordinator.op.OpSettings;

/**
 * What the core needs to know of the configuration. Times in milliseconds.
 *
 * @param serverId goes into the top byte of session ids
 * @param inFlightMax transactions in flight before clients are no longer read
 * @param entryBytesMax the longest log entry that a request can make
 */
public record CoreSettings(
        int serverId,
        int tickMillis,
        int minSessionTimeoutMillis,
        int maxSessionTimeoutMillis,
        int inFlightMax,
        int entryBytesMax,
        boolean digestEnabled,
        boolean digestSchemeEnabled,
        OpSettings ops,
        Containers containers,
        Snapshots snapshots) {

    /** How containers and TTL nodes are looked through (semantics 4.3). */
    public record Containers(long checkIntervalMillis, int maxPerMinute, long maxNeverUsedMillis) {}

    /**
     * When a snapshot is taken.
     *
     * @param transactions after so many transactions, 0 for never
     * @param logBytes and not before so many bytes of them
     */
    public record Snapshots(int transactions, long logBytes, long logBytesMax) {}
}
