package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Says whether writes are taken: {@code rw}, {@code ro}, or {@code null} while nothing is served. */
final class IsroCommand implements AdminCommand {

    private final AdminFacts facts;

    IsroCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "isro";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public String run(ServerView view, long argument) {
        if (!facts.isServing()) {
            return "null";
        }
        return facts.isReadOnly() ? "ro" : "rw";
    }
}
