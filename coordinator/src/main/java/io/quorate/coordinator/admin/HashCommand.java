package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerStats;
import io.quorate.coordinator.core.ServerView;

/** Lists the tree digests that were recorded every so many transactions (semantics 13). */
final class HashCommand implements AdminCommand {

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder();
        for (ServerStats.RecordedDigest recorded : view.stats().digests()) {
            text.append(Long.toHexString(recorded.zxid()))
                    .append(": ")
                    .append(recorded.digest())
                    .append('\n');
        }
        return text.toString();
    }
}
