package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import java.util.HashSet;
import java.util.Set;

/** Sums up the data watches: how many connections watch how many paths. */
final class WchsCommand implements AdminCommand {

    @Override
    public String name() {
        return "wchs";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        Set<Long> sessions = new HashSet<>();
        Set<String> paths = new HashSet<>();
        long[] total = {0};
        view.forEachDataWatch((session, path) -> {
            sessions.add(session);
            paths.add(path);
            total[0]++;
        });
        return sessions.size() + " connections watching " + paths.size() + " paths\nTotal watches:" + total[0] + "\n";
    }
}
