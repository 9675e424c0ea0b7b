package io.quorate.wire.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Owns the times of one session: when to ping, when to give up on a server, and until when the session certainly lives
 * (semantics section 7.1). Pure.
 */
final class Heartbeat {
    private static final long ATTEMPT_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Deque<Long> pings = new ArrayDeque<>();
    private long timeoutNanos;
    private long sentNanos;
    private long heardNanos;
    private long acknowledgedNanos;
    private boolean confirmed;

    /** Whether what the server says stays unread. */
    private boolean deaf;

    Heartbeat(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /** A server has confirmed the session with this timeout, in answer to what was sent then. */
    void confirmed(long negotiatedNanos, long requestSentNanos, long nowNanos) {
        timeoutNanos = negotiatedNanos;
        confirmed = true;
        pings.clear();
        sentNanos = nowNanos;
        heardNanos = nowNanos;
        deaf = false;
        acknowledged(requestSentNanos);
    }

    /** Something that keeps the session alive was sent. */
    void sent(long nowNanos) {
        sentNanos = nowNanos;
    }

    void pingSent(long nowNanos) {
        sent(nowNanos);
        pings.add(nowNanos);
    }

    /** The answer to a ping; false if none was sent. */
    boolean pingAnswered() {
        Long sent = pings.poll();
        if (sent != null) {
            acknowledged(sent);
        }
        return sent != null;
    }

    /** Something came from the server. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** What the server says is not read for a while: that says nothing about the server. */
    void stoppedListening() {
        deaf = true;
    }

    /** It is read again: from now on the server can be found silent. That it was unheard prolongs no session. */
    void listensAgain(long nowNanos) {
        if (deaf) {
            deaf = false;
            heardNanos = nowNanos;
        }
    }

    /** The server has dealt with something that keeps the session alive and was sent then. */
    void acknowledged(long requestSentNanos) {
        acknowledgedNanos = Math.max(acknowledgedNanos, requestSentNanos);
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** When the next ping is due. */
    long pingAtNanos() {
        return sentNanos + timeoutNanos / 3;
    }

    /** When a server that stayed silent is given up, so that a third of the timeout is left to reach another. */
    long silentAtNanos() {
        return deaf ? Long.MAX_VALUE : heardNanos + timeoutNanos * 2 / 3;
    }

    /** How long one attempt to reach a server may take. */
    long attemptNanos(int servers) {
        return Math.max(timeoutNanos * 2 / 3 / servers, ATTEMPT_MIN_NANOS);
    }

    /** Until when the session certainly lives; 0 before there is one. */
    long sessionDeadlineNanos() {
        return confirmed ? acknowledgedNanos + timeoutNanos : 0;
    }
}
