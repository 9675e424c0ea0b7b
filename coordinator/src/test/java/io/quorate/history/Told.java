package io.quorate.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small history told by hand, with times in milliseconds. */
final class Told {

    static final long TIMEOUT_MILLIS = 10_000;
    static final long TICK_MILLIS = 500;

    private final Map<Integer, SessionHistory> sessions = new TreeMap<>();

    /** What the judge says of it. */
    List<String> judged() {
        return Judge.judge(new ArrayList<>(sessions.values()), TICK_MILLIS * 1_000_000);
    }

    static Node node(String value, long czxid, long mzxid, int version) {
        return new Node(value, czxid, mzxid, version);
    }

    Told create(int session, String value, long from, long to, long zxid) {
        return add(session, Kind.CREATE, "/k", value, -1, from, to, Outcome.OK, zxid, node(value, zxid, zxid, 0));
    }

    /** A set that was told the state it left. */
    Told set(int session, int version, Node left, long from, long to) {
        return add(session, Kind.SET, "/k", left.value(), version, from, to, Outcome.OK, left.mzxid(), left);
    }

    Told delete(int session, int version, long from, long to, long zxid) {
        return add(session, Kind.DELETE, "/k", null, version, from, to, Outcome.OK, zxid, null);
    }

    Told refused(int session, Kind kind, String value, int version, long from, long to, Outcome why, long zxid) {
        return add(session, kind, "/k", value, version, from, to, why, zxid, null);
    }

    Told unknown(int session, Kind kind, String value, int version, long from) {
        return add(session, kind, "/k", value, version, from, -1, Outcome.UNKNOWN, 0, null);
    }

    Told read(int session, Node found, long from, long to, long zxid) {
        return add(session, Kind.READ, "/k", null, -1, from, to, Outcome.OK, zxid, found);
    }

    Told fresh(int session, Node found, long from, long to, long zxid) {
        return add(session, Kind.FRESH_READ, "/k", null, -1, from, to, Outcome.OK, zxid, found);
    }

    Told ephemeral(int session, long from, long to, long zxid) {
        return add(
                session,
                Kind.CREATE_EPHEMERAL,
                "/e",
                "e",
                -1,
                from,
                to,
                to < 0 ? Outcome.UNKNOWN : Outcome.OK,
                zxid,
                to < 0 ? null : node("e", zxid, zxid, 0));
    }

    Told look(int session, Node found, long from, long to, long zxid) {
        return add(session, Kind.FRESH_READ, "/e", null, -1, from, to, Outcome.OK, zxid, found);
    }

    Told close(int session, long from, long to, long zxid) {
        return add(session, Kind.CLOSE, "", null, -1, from, to, Outcome.OK, zxid, null);
    }

    Told expired(int session, long from, long to) {
        return add(session, Kind.EXPIRED, "", null, -1, from, to, Outcome.VOID, 0, null);
    }

    /** Anything; {@code to} is negative if no answer came. */
    Told add(
            int session,
            Kind kind,
            String path,
            String value,
            int version,
            long from,
            long to,
            Outcome outcome,
            long zxid,
            Node node) {
        sessions.computeIfAbsent(session, number -> new SessionHistory(number, TIMEOUT_MILLIS * 1_000_000, 0))
                .add(new Operation(
                        session,
                        kind,
                        path,
                        value,
                        version,
                        from * 1_000_000,
                        to < 0 ? Operation.NEVER : to * 1_000_000,
                        outcome,
                        zxid,
                        node));
        return this;
    }
}
