package io.quorate.wire.client;

import io.quorate.wire.proto.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Owns the calls without an answer: those that wait for a connection, and behind nothing the server can overtake those that
 * were sent on it, in the order of their numbers. Pure; how many there may be is the caller's to limit.
 */
final class CallQueue {
    private final long timeoutNanos;
    private final Deque<Call<?>> waiting = new ArrayDeque<>();
    private final Deque<Call<?>> sent = new ArrayDeque<>();
    private int lastXid;

    /** @param timeoutNanos how long after its submission a call may stay without an outcome */
    CallQueue(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void add(Call<?> call) {
        waiting.add(call);
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isAnySent() {
        return !sent.isEmpty();
    }

    /** Takes the next call to send, and numbers it. */
    Call<?> send(WatchRegistry watches, long nowNanos) {
        Call<?> call = waiting.remove();
        call.sent(nextXid(), operation(call, watches), nowNanos);
        sent.add(call);
        return call;
    }

    /** A number for a request that is nobody's call. */
    int nextXid() {
        lastXid = lastXid == Integer.MAX_VALUE ? 1 : lastXid + 1;
        return lastXid;
    }

    /**
     * What to ask the server when a call is about to be sent. A removal for one of several watchers must leave the server's
     * watch alone: it asks whether the watch is there instead, which also keeps the removal in its place among the replies.
     */
    private OpCode operation(Call<?> call, WatchRegistry watches) {
        if (call.watchChange() instanceof WatchChange.Removal removal && removal.watcher() != null) {
            return watches.willHaveOthers(removal, changesUnderWay()) ? OpCode.CHECK_WATCHES : call.op();
        }
        return call.op();
    }

    /** What the answers still to come will do to watches, in their order. */
    private List<WatchChange> changesUnderWay() {
        List<WatchChange> changes = new ArrayList<>();
        for (Call<?> call : sent) {
            WatchChange change = call.watchChange();
            if (change != null && (!call.isSettled() || change.isAppliedLate())) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** The call whose reply must come next; null if none can come. */
    Call<?> head() {
        return sent.peek();
    }

    /** The reply to {@link #head()} has come. */
    void answered() {
        sent.remove();
    }

    /** Takes out all that were sent and have no outcome yet. */
    List<Call<?>> takeSent() {
        List<Call<?>> taken = new ArrayList<>(sent);
        sent.clear();
        taken.removeIf(Call::isSettled);
        return taken;
    }

    /** Takes out all that wait. */
    List<Call<?>> takeWaiting() {
        List<Call<?>> taken = new ArrayList<>(waiting);
        waiting.clear();
        return taken;
    }

    /** Settles what has had no outcome for too long; what was sent keeps its place, for its reply may still come. */
    List<Call<?>> timeOut(long nowNanos) {
        List<Call<?>> late = new ArrayList<>();
        for (Call<?> call : sent) {
            if (!call.isSettled()) {
                if (call.submittedNanos() + timeoutNanos > nowNanos) {
                    break;
                }
                call.fail(new CoordinatorException.OperationTimeout(call.path(), true, "no answer"));
                late.add(call);
            }
        }
        while (!waiting.isEmpty() && waiting.peek().submittedNanos() + timeoutNanos <= nowNanos) {
            Call<?> call = waiting.remove();
            call.fail(new CoordinatorException.OperationTimeout(call.path(), false, "not connected"));
            late.add(call);
        }
        return late;
    }

    /** When the next call will have been without an outcome for too long. */
    long deadlineNanos() {
        for (Call<?> call : sent) {
            if (!call.isSettled()) {
                return call.submittedNanos() + timeoutNanos;
            }
        }
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().submittedNanos() + timeoutNanos;
    }
}
