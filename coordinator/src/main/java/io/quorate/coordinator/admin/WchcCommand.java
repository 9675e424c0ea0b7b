package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the data watches by session. */
final class WchcCommand implements AdminCommand {

    @Override
    public String name() {
        return "wchc";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        SortedMap<Long, List<String>> bySession = new TreeMap<>();
        view.forEachDataWatch((session, path) ->
                bySession.computeIfAbsent(session, s -> new ArrayList<>()).add(path));
        StringBuilder text = new StringBuilder();
        bySession.forEach((session, paths) -> {
            text.append("0x").append(Long.toHexString(session)).append("\n");
            paths.forEach(path -> text.append("\t").append(path).append("\n"));
        });
        return text.append("\n").toString();
    }
}
