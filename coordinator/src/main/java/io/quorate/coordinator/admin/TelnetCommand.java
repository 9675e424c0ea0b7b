package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** The interrupt of a telnet client, by which it asks to be let go: nothing is said and the connection closes. */
final class TelnetCommand implements AdminCommand {

    @Override
    public String name() {
        return "telnet close";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public String run(ServerView view, long argument) {
        return "";
    }
}
