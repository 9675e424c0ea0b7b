package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Lists the connections with what they did last. */
final class ConsCommand implements AdminCommand {

    @Override
    public String name() {
        return "cons";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder();
        for (ServerView.Connection connection : view.connections()) {
            ConnectionLine.full(text, connection).append(")\n");
        }
        return text.append("\n").toString();
    }
}
