package io.quorate.wire.client;

import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Owns the credentials that every connection presents, and which of them the present one has yet to hear about. Pure. */
final class AuthList {
    /** The number of every auth packet (client-protocol section 6.1). */
    static final int XID = -4;

    /** @param call who is to be told, or null */
    private record Entry(Frame frame, Call<?> call) {}

    private final long timeoutNanos;
    private final List<Entry> all = new ArrayList<>();
    private final Deque<Entry> unanswered = new ArrayDeque<>();

    /** @param timeoutNanos how long after its submission a call may stay without an outcome */
    AuthList(long timeoutNanos, List<Credentials> credentials) {
        this.timeoutNanos = timeoutNanos;
        for (Credentials each : credentials) {
            all.add(new Entry(Frame.of(XID, OpCode.AUTH, new AuthPacket(0, each.scheme(), each.auth())), null));
        }
    }

    /** Adds credentials to present on every connection. */
    void add(Call<?> call) {
        all.add(new Entry(call.frame(), call));
    }

    /** The credentials added last go out now. */
    Frame sendLast(long nowNanos) {
        return send(all.get(all.size() - 1), nowNanos);
    }

    /** A new connection: gives everything to present on it, which goes out now. */
    List<Frame> sendAll(long nowNanos) {
        unanswered.clear();
        return all.stream().map(entry -> send(entry, nowNanos)).toList();
    }

    private Frame send(Entry entry, long nowNanos) {
        if (entry.call() != null) {
            entry.call().sent(XID, OpCode.AUTH, nowNanos);
        }
        unanswered.add(entry);
        return entry.frame();
    }

    /** Whether an answer can come. */
    boolean isAnyUnanswered() {
        return !unanswered.isEmpty();
    }

    /** The next credentials were accepted; gives the call to settle, or null. */
    Call<?> accepted() {
        Call<?> call = unanswered.remove().call();
        return call == null || call.isSettled() ? null : call;
    }

    /** All calls without an outcome. */
    List<Call<?>> open() {
        List<Call<?>> open = new ArrayList<>();
        for (Entry entry : all) {
            if (entry.call() != null && !entry.call().isSettled()) {
                open.add(entry.call());
            }
        }
        return open;
    }

    /** Settles what has had no outcome for too long; the credentials stay. */
    List<Call<?>> timeOut(long nowNanos) {
        List<Call<?>> late = open();
        late.removeIf(call -> call.submittedNanos() + timeoutNanos > nowNanos);
        late.forEach(call -> call.fail(new CoordinatorException.OperationTimeout(
                null, call.isSent(), call.isSent() ? "no answer" : "not connected")));
        return late;
    }

    /** When the next call will have been without an outcome for too long. */
    long deadlineNanos() {
        for (Entry entry : all) {
            if (entry.call() != null && !entry.call().isSettled()) {
                return entry.call().submittedNanos() + timeoutNanos;
            }
        }
        return Long.MAX_VALUE;
    }
}
