package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import io.quorate.coordinator.metrics.Metrics;

/** Forgets what was counted for the server. */
final class SrstCommand implements AdminCommand {

    private final AdminFacts facts;
    private final Metrics metrics;

    SrstCommand(AdminFacts facts, Metrics metrics) {
        this.facts = facts;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "srst";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        view.resetServerStats();
        facts.resetPackets();
        metrics.reset();
        return "Server stats reset.\n";
    }
}
