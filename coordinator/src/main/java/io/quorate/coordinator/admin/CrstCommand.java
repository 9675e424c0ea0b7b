package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Forgets what was counted for each connection. */
final class CrstCommand implements AdminCommand {

    @Override
    public String name() {
        return "crst";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        view.resetConnectionStats();
        return "Connection stats reset.\n";
    }
}
