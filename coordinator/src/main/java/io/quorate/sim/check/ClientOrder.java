package io.quorate.sim.check;

import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * P15: a connection's requests are answered in order, and a session never sees an older state than it saw before, on whatever
 * server. What it writes comes behind all that its earlier requests were shown.
 */
final class ClientOrder implements Invariant {

    private final Map<Long, Deque<Integer>> waiting = new HashMap<>();
    private final Map<Integer, Long> seen = new HashMap<>();

    /** The same, but for events: one of a client's own write may come before its answer. */
    private final Map<Integer, Long> answered = new HashMap<>();

    @Override
    public void called(Call call) {
        waiting.computeIfAbsent(call.connection(), any -> new ArrayDeque<>()).add(call.xid());
    }

    @Override
    public void disconnected(int client, long connection) {
        waiting.remove(connection);
    }

    @Override
    public void connected(int client, long connection, long session, long lastZxidSeen) {
        seen.put(client, lastZxidSeen);
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        Deque<Integer> calls = waiting.get(call.connection());
        Integer first = calls == null ? null : calls.poll();
        if (first == null || first != call.xid()) {
            throw new Violation("%s was answered before #%s".formatted(call, first));
        }
        if (answer.zxid() > 0) {
            see(call.client(), answer.zxid(), call.toString());
            Long before = answered.put(call.client(), answer.zxid());
            if (before != null && before == answer.zxid() && answer.err() == 0 && isWrite(call.op())) {
                throw new Violation("%s is %s, which an earlier request of its client was shown"
                        .formatted(call, Violation.zxid(before)));
            }
        }
    }

    private static boolean isWrite(OpCode op) {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, DELETE, SET_DATA, SET_ACL, MULTI -> true;
            default -> false;
        };
    }

    @Override
    public void notified(int client, long connection, long zxid, WatchedEvent event) {
        if (zxid > 0) {
            if (zxid == seen.getOrDefault(client, 0L)) {
                return;
            }
            see(client, zxid, event.toString());
        }
    }

    private void see(int client, long zxid, String what) {
        Long before = seen.put(client, zxid);
        if (before != null && before > zxid) {
            throw new Violation("client %d sees %s after %s: %s"
                    .formatted(client, Violation.zxid(zxid), Violation.zxid(before), what));
        }
    }
}
