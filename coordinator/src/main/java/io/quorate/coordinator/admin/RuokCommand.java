package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Says that the process is there, whether it serves or not. */
final class RuokCommand implements AdminCommand {

    @Override
    public String name() {
        return "ruok";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public String run(ServerView view, long argument) {
        return "imok";
    }
}
