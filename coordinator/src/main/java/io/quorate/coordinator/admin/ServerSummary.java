package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.Latency;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerStats;
import io.quorate.coordinator.core.ServerView;

/** The lines that {@code srvr} and {@code stat} share. */
final class ServerSummary {

    private ServerSummary() {}

    static String version(AdminFacts facts) {
        String version = "Zookeeper version: " + VersionText.of(facts) + "\n";
        return facts.isReadOnly() ? version + "READ-ONLY mode; serving only read-only clients\n" : version;
    }

    static String of(ServerView view, AdminFacts facts) {
        Latency latency = view.stats().latency();
        return "Latency min/avg/max: " + latency.min() + "/" + Decimals.of(latency.mean()) + "/" + latency.max()
                + "\nReceived: " + facts.packetsReceived()
                + "\nSent: " + facts.packetsSent()
                + "\nConnections: " + view.connectionCount()
                + "\nOutstanding: " + view.outstanding()
                + "\nZxid: 0x" + Long.toHexString(view.lastZxid())
                + "\nMode: " + facts.mode()
                + "\nNode count: " + view.tree().nodeCount() + "\n"
                + proposals(view);
    }

    /** Only a leader proposes. */
    private static String proposals(ServerView view) {
        ServerStats stats = view.stats();
        return view.mode() == ServerMode.LEADER
                ? "Proposal sizes last/min/max: %d/%d/%d\n"
                        .formatted(stats.proposalLast(), stats.proposalMin(), stats.proposalMax())
                : "";
    }
}
