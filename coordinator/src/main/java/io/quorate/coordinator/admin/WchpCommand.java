package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the data watches by path. */
final class WchpCommand implements AdminCommand {

    @Override
    public String name() {
        return "wchp";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        SortedMap<String, List<Long>> byPath = new TreeMap<>();
        view.forEachDataWatch((session, path) ->
                byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(session));
        StringBuilder text = new StringBuilder();
        byPath.forEach((path, sessions) -> {
            text.append(path).append("\n");
            sessions.forEach(session ->
                    text.append("\t0x").append(Long.toHexString(session)).append("\n"));
        });
        return text.append("\n").toString();
    }
}
