package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Sums up the server. */
final class SrvrCommand implements AdminCommand {

    private final AdminFacts facts;

    SrvrCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "srvr";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        return ServerSummary.version(facts) + ServerSummary.of(view, facts);
    }
}
