package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Sums up the server and lists its connections in brief. */
final class StatCommand implements AdminCommand {

    private final AdminFacts facts;

    StatCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "stat";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder(ServerSummary.version(facts)).append("Clients:\n");
        for (ServerView.Connection connection : view.connections()) {
            ConnectionLine.brief(text, connection).append(")\n");
        }
        return text.append("\n").append(ServerSummary.of(view, facts)).toString();
    }
}
