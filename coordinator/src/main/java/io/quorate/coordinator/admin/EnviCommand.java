package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Lists the version and what the process runs on. */
final class EnviCommand implements AdminCommand {

    private final AdminFacts facts;

    EnviCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "envi";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder("Environment:\nzookeeper.version=")
                .append(VersionText.of(facts))
                .append("\n");
        for (AdminFacts.Variable variable : facts.environment()) {
            text.append(variable.key()).append("=").append(variable.value()).append("\n");
        }
        return text.toString();
    }
}
