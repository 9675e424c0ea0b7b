package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Tells how much disk snapshots and log take, in bytes. */
final class DirsCommand implements AdminCommand {

    private final AdminFacts facts;

    DirsCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "dirs";
    }

    @Override
    public Needs needs() {
        return Needs.SERVING;
    }

    @Override
    public String run(ServerView view, long argument) {
        return "datadir_size: " + facts.dataDirBytes() + "\nlogdir_size: " + facts.logDirBytes() + "\n";
    }
}
