package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerView;
import io.quorate.coordinator.session.Session;
import io.quorate.coordinator.session.SessionTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists sessions by when they expire, and their ephemeral nodes. Connections do not expire here, so none is listed. */
final class DumpCommand implements AdminCommand {

    private final DateTimeFormatter time;

    DumpCommand(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US)
                .withZone(zone);
    }

    @Override
    public String name() {
        return "dump";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder("SessionTracker dump:\n");
        boolean learner = view.mode() == ServerMode.FOLLOWER || view.mode() == ServerMode.OBSERVER;
        if (learner) {
            timeouts(text, view.sessions());
        } else {
            sessions(text, view);
        }
        text.append("ephemeral nodes dump:\n");
        ephemerals(text, view.sessions());
        return text.append("Connections dump:\n").toString();
    }

    /** Only a leader knows when sessions expire. */
    private static void timeouts(StringBuilder text, SessionTable sessions) {
        SortedMap<Long, Integer> timeouts = new TreeMap<>();
        sessions.forEach(session -> timeouts.put(session.id(), session.timeoutMillis()));
        text.append("Global Sessions(").append(timeouts.size()).append("):\n");
        timeouts.forEach((id, millis) -> text.append("0x")
                .append(Long.toHexString(id))
                .append('\t')
                .append(millis)
                .append("ms\n"));
    }

    private void sessions(StringBuilder text, ServerView view) {
        SortedMap<Long, List<Long>> buckets = new TreeMap<>();
        view.sessions().forEach(session -> buckets.computeIfAbsent(session.deadlineMillis(), d -> new ArrayList<>())
                .add(session.id()));
        text.append("Session Sets (").append(buckets.size()).append(")/(");
        text.append(view.sessions().size()).append("):\n");
        long wallAhead = view.wallMillis() - view.nowMillis();
        buckets.forEach((deadline, ids) -> {
            text.append(ids.size()).append(" expire at ");
            text.append(time.format(Instant.ofEpochMilli(deadline + wallAhead))).append(":\n");
            ids.forEach(id -> text.append("\t0x").append(Long.toHexString(id)).append('\n'));
        });
    }

    private static void ephemerals(StringBuilder text, SessionTable sessions) {
        List<Session> owners = new ArrayList<>();
        sessions.forEach(session -> {
            if (!session.ephemerals().isEmpty()) {
                owners.add(session);
            }
        });
        text.append("Sessions with Ephemerals (").append(owners.size()).append("):\n");
        for (Session owner : owners) {
            text.append("0x").append(Long.toHexString(owner.id())).append(":\n");
            owner.ephemerals().forEach(path -> text.append('\t').append(path).append('\n'));
        }
    }
}
