package io.quorate.wire.client;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.WatchedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Owns one session over all its connections: events and the time in, orders out. Pure: no socket, no thread, no clock.
 *
 * <pre>
 *            start                onConnected          a server confirms
 *   WAITING ─────────► CONNECTING ──────────► HANDSHAKE ───────────────► CONNECTED
 *      ▲  back-off over    │                      │                          │
 *      └──────────────────┴──── failed, late ────┴────── lost, silent ──────┘
 *
 *   from anywhere: expired, credentials refused, closed ──► ENDED
 * </pre>
 *
 * <p>Times are nanoseconds that only grow and begin above 0. Whoever drives this calls {@link #onDeadline} when
 * {@link #deadlineNanos()} has come. Not safe for use by several threads.
 */
final class Connection {
    private static final int PING_XID = -2;
    private static final int NOTIFICATION_XID = -1;
    private static final int SET_WATCHES_XID = -8;
    private static final Frame PING = Frame.of(PING_XID, OpCode.PING, EmptyRequest.INSTANCE);

    private enum Phase {
        WAITING,
        CONNECTING,
        HANDSHAKE,
        CONNECTED,
        ENDED
    }

    private final Chroot chroot;
    private final long closeTimeoutNanos;
    private final HostList hosts;
    private final SessionState state;
    private final Heartbeat heartbeat;
    private final AuthList auths;
    private final CallQueue calls;
    private final WatchRegistry watches = new WatchRegistry();
    private final JuteReader reader;
    private final ConnectionOut out;
    private Phase phase = Phase.WAITING;
    private HostPort host;

    /** When the wait is over, or the attempt to connect has taken too long. */
    private long phaseEndsNanos;

    private long handshakeSentNanos;
    private int losses;
    private boolean closing;
    private long closeByNanos;
    private int closeXid;
    private SessionEvent end;

    Connection(ClientSettings settings, Random random, ConnectionOut out) {
        this.chroot = settings.connectString().chroot();
        this.closeTimeoutNanos = settings.closeTimeout().toNanos();
        this.hosts = new HostList(settings.connectString().hosts(), random);
        this.state = new SessionState(
                (int) Math.min(settings.sessionTimeout().toMillis(), Integer.MAX_VALUE),
                settings.readOnly(),
                settings.resumed());
        this.heartbeat = new Heartbeat(settings.sessionTimeout().toNanos());
        this.auths = new AuthList(settings.operationTimeout().toNanos(), settings.credentials());
        this.calls = new CallQueue(settings.operationTimeout().toNanos());
        this.reader = new JuteReader(settings.replyBytesMax());
        this.out = out;
    }

    /** Begins with the first attempt to connect. */
    void start(long nowNanos) {
        attempt(nowNanos);
    }

    /** A caller asks for something. */
    void submit(Call<?> call, long nowNanos) {
        if (phase == Phase.ENDED || closing) {
            fail(call, failure(end == null ? SessionEvent.CLOSED : end, call.path(), false));
        } else if (call.op() == OpCode.AUTH) {
            auths.add(call);
            if (phase == Phase.CONNECTED) {
                out.send(auths.sendLast(nowNanos));
            }
        } else if (call.lossesSeen() < losses) {
            fail(call, new CoordinatorException.ConnectionLoss(call.path(), false, "lost before it was sent"));
        } else {
            calls.add(call);
            sendWaiting(nowNanos);
        }
    }

    /** The server that is to be reached has so many addresses: one attempt is for one of them, and has that much less time. */
    void onResolved(int addresses, long nowNanos) {
        if (phase == Phase.CONNECTING) {
            hosts.found(host, addresses);
            phaseEndsNanos = Math.min(phaseEndsNanos, nowNanos + heartbeat.attemptNanos(hosts.size()));
        }
    }

    /** The connection that was ordered is there. */
    void onConnected(long nowNanos) {
        if (phase == Phase.CONNECTING) {
            phase = Phase.HANDSHAKE;
            handshakeSentNanos = nowNanos;
            out.send(Frame.of(state.connectRequest()));
        }
    }

    /** The connection that was ordered could not be made, or is gone. */
    void onDisconnected(String reason, long nowNanos) {
        switch (phase) {
            case CONNECTING, HANDSHAKE -> retry(nowNanos);
            case CONNECTED -> lost(reason + " (" + host + ")", nowNanos);
            case WAITING, ENDED -> {}
        }
    }

    /** What comes cannot be the protocol: the connection is given up. */
    void onMalformed(String reason, long nowNanos) {
        if (phase == Phase.HANDSHAKE || phase == Phase.CONNECTED) {
            out.disconnect();
            onDisconnected("malformed: " + reason, nowNanos);
        }
    }

    /** Frames are not read for a while, because their callbacks cannot keep up. For the next connection that is over. */
    void onReadingPaused() {
        if (phase == Phase.CONNECTED) {
            heartbeat.stoppedListening();
        }
    }

    /** Frames are read again. */
    void onReadingResumed(long nowNanos) {
        heartbeat.listensAgain(nowNanos);
    }

    /** A frame has come whose payload is these bytes, which are borrowed. */
    void onFrame(DirectBuffer buffer, int offset, int length, long nowNanos) {
        reader.wrap(buffer, offset, length);
        try {
            if (phase == Phase.HANDSHAKE) {
                onConnectResponse(ConnectResponse.read(reader), nowNanos);
            } else if (phase == Phase.CONNECTED) {
                heartbeat.heard(nowNanos);
                onReply(ReplyHeader.read(reader));
            }
        } catch (MalformedException e) {
            onMalformed(e.getMessage(), nowNanos);
        }
    }

    /** The time has come that {@link #deadlineNanos()} gave; harmless if it has not. */
    void onDeadline(long nowNanos) {
        calls.timeOut(nowNanos).forEach(out::settled);
        auths.timeOut(nowNanos).forEach(out::settled);
        if (closing && phase != Phase.ENDED && nowNanos >= closeByNanos) {
            end(SessionEvent.CLOSED, "the session could not be ended in time");
        }
        switch (phase) {
            case WAITING -> {
                if (nowNanos >= phaseEndsNanos) {
                    attempt(nowNanos);
                }
            }
            case CONNECTING, HANDSHAKE -> {
                if (nowNanos >= phaseEndsNanos) {
                    out.disconnect();
                    retry(nowNanos);
                }
            }
            case CONNECTED -> beat(nowNanos);
            case ENDED -> {}
        }
    }

    /** When {@link #onDeadline} is to be called next, at the latest. */
    long deadlineNanos() {
        if (phase == Phase.ENDED) {
            return Long.MAX_VALUE;
        }
        long next = phase == Phase.CONNECTED
                ? Math.min(heartbeat.pingAtNanos(), heartbeat.silentAtNanos())
                : phaseEndsNanos;
        if (closing) {
            next = Math.min(next, closeByNanos);
        }
        return Math.min(next, Math.min(calls.deadlineNanos(), auths.deadlineNanos()));
    }

    /** Ends the session once everything submitted has its answer, or the time for that is over. */
    void close(long nowNanos) {
        if (phase == Phase.ENDED || closing) {
            return;
        }
        closing = true;
        closeByNanos = nowNanos + closeTimeoutNanos;
        boolean nothingToEnd = state.session() == null && phase != Phase.HANDSHAKE && !calls.isWaiting();
        if (nothingToEnd) {
            end(SessionEvent.CLOSED, "closed before there was a session");
        } else {
            sendWaiting(nowNanos);
        }
    }

    /** Lets go of the session without ending it. */
    void abandon() {
        end(SessionEvent.CLOSED, "abandoned");
    }

    /** Null before a server has confirmed it, unless it is being resumed. */
    Session session() {
        return state.session();
    }

    /** How many watches there are. */
    int watches() {
        return watches.size();
    }

    boolean isConnected() {
        return phase == Phase.CONNECTED;
    }

    /** The event with which it ended; null as long as it has not. */
    SessionEvent end() {
        return end;
    }

    /** As negotiated, or as asked for before that. */
    long sessionTimeoutNanos() {
        return heartbeat.timeoutNanos();
    }

    /** Until when the session certainly lives; 0 when there is none, or it is over. */
    long sessionDeadlineNanos() {
        return phase == Phase.ENDED ? 0 : heartbeat.sessionDeadlineNanos();
    }

    private void attempt(long nowNanos) {
        phase = Phase.CONNECTING;
        phaseEndsNanos = nowNanos + heartbeat.attemptNanos(hosts.size());
        host = hosts.next();
        // The answer may come before this returns.
        out.connect(host);
    }

    private void retry(long nowNanos) {
        phase = Phase.WAITING;
        phaseEndsNanos = nowNanos + hosts.failed();
    }

    private void lost(String reason, long nowNanos) {
        losses++;
        retry(nowNanos);
        out.session(SessionEvent.DISCONNECTED, reason);
        for (Call<?> call : calls.takeSent()) {
            fail(call, new CoordinatorException.ConnectionLoss(call.path(), true, reason));
        }
    }

    private void beat(long nowNanos) {
        if (nowNanos >= heartbeat.silentAtNanos()) {
            out.disconnect();
            lost("nothing heard from " + host + " for two thirds of the session timeout", nowNanos);
        } else if (nowNanos >= heartbeat.pingAtNanos()) {
            heartbeat.pingSent(nowNanos);
            out.send(PING);
        }
    }

    private void onConnectResponse(ConnectResponse response, long nowNanos) {
        if (SessionState.isRefusal(response)) {
            // While closing: the session was ended already, but the answer to that got lost.
            end(closing ? SessionEvent.CLOSED : SessionEvent.EXPIRED, "session refused by " + host);
            return;
        }
        state.confirmed(response);
        heartbeat.confirmed(TimeUnit.MILLISECONDS.toNanos(response.timeoutMillis()), handshakeSentNanos, nowNanos);
        hosts.succeeded();
        phase = Phase.CONNECTED;
        out.session(
                response.readOnly() ? SessionEvent.CONNECTED_READ_ONLY : SessionEvent.CONNECTED,
                state.session() + " on " + host + ", timeout " + response.timeoutMillis() + " ms");
        auths.sendAll(nowNanos).forEach(out::send);
        rewatch(nowNanos);
        sendWaiting(nowNanos);
    }

    private void rewatch(long nowNanos) {
        List<SetWatchesRequest> batches = watches.rewatch(state.startRewatching());
        for (SetWatchesRequest batch : batches) {
            out.send(Frame.of(SET_WATCHES_XID, OpCode.SET_WATCHES2, batch));
            heartbeat.sent(nowNanos);
        }
        state.rewatching(batches.size());
    }

    private void sendWaiting(long nowNanos) {
        if (phase != Phase.CONNECTED) {
            return;
        }
        while (calls.isWaiting()) {
            out.send(calls.send(watches, nowNanos).frame());
            heartbeat.sent(nowNanos);
        }
        if (closing) {
            closeXid = calls.nextXid();
            out.send(Frame.of(closeXid, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE));
        }
    }

    private void onReply(ReplyHeader header) {
        switch (header.xid()) {
            case NOTIFICATION_XID -> onNotification(WatchedEvent.read(reader), header.zxid());
            case PING_XID -> {
                require(heartbeat.pingAnswered(), "answer to a ping that was not sent");
                state.seen(header.zxid());
            }
            case AuthList.XID -> onAuthReply(header);
            case SET_WATCHES_XID -> {
                require(state.rewatched(), "answer to setWatches that was not sent");
                require(header.err() == 0, "setWatches was refused with error " + header.err());
                state.seen(header.zxid());
            }
            default -> onCallReply(header);
        }
    }

    private void onNotification(WatchedEvent event, long zxid) {
        require(event.path() != null, "event without a path");
        // The zxid does not count as seen: another event of the same transaction may follow.
        Collection<Watcher> watchers = watches.fire(event.type(), event.path());
        if (!watchers.isEmpty()) {
            out.watched(new Notice(watchers, new NodeEvent(event.type(), toClient(event.path()), zxid)));
        }
    }

    private String toClient(String path) {
        return path.equals(Calls.CONFIG) && !chroot.contains(path) ? path : chroot.toClient(path);
    }

    private void onAuthReply(ReplyHeader header) {
        require(auths.isAnyUnanswered(), "answer to credentials that were not sent");
        if (header.err() != 0) {
            end(SessionEvent.AUTH_FAILED, "credentials refused by " + host);
            return;
        }
        Call<?> call = auths.accepted();
        if (call != null) {
            call.settle(header, ErrorCode.OK, reader);
            out.settled(call);
        }
    }

    private void onCallReply(ReplyHeader header) {
        if (closeXid != 0 && header.xid() == closeXid && !calls.isAnySent()) {
            end(SessionEvent.CLOSED, "session ended");
            return;
        }
        Call<?> call = calls.head();
        require(call != null && call.xid() == header.xid(), "reply to request " + header.xid() + " out of order");
        ErrorCode error = MultiReader.error(header.err());
        boolean timedOut = call.isSettled();
        if (!timedOut) {
            call.settle(header, error, reader);
        }
        calls.answered();
        if (keepsAlive(error)) {
            heartbeat.acknowledged(call.sentNanos());
        }
        WatchChange change = call.watchChange();
        if (change != null && (!timedOut || change.isAppliedLate())) {
            change.apply(error, watches).forEach(out::watched);
        }
        if (!timedOut) {
            out.settled(call);
        }
        state.seen(header.zxid());
    }

    /** Whether a request that was answered so has touched the session. */
    private static boolean keepsAlive(ErrorCode error) {
        return error != ErrorCode.SESSION_EXPIRED
                && error != ErrorCode.UNKNOWN_SESSION
                && error != ErrorCode.SESSION_MOVED
                && error != ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new MalformedException(otherwise);
        }
    }

    private void end(SessionEvent event, String reason) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        end = event;
        out.disconnect();
        out.session(event, reason);
        calls.takeSent().forEach(call -> fail(call, failure(event, call.path(), call.isSent())));
        calls.takeWaiting().forEach(call -> fail(call, failure(event, call.path(), call.isSent())));
        auths.open().forEach(call -> fail(call, failure(event, call.path(), call.isSent())));
    }

    private void fail(Call<?> call, CoordinatorException reason) {
        call.fail(reason);
        out.settled(call);
    }

    /** Why something about this path fails that has no answer when this is the end. */
    static CoordinatorException failure(SessionEvent end, String path, boolean sent) {
        return switch (end) {
            case EXPIRED -> new CoordinatorException.SessionExpired(path);
            case AUTH_FAILED -> new CoordinatorException.AuthFailed(path, sent);
            case CLOSED -> new CoordinatorException.ClientClosed(path, sent);
            case CONNECTED, CONNECTED_READ_ONLY, DISCONNECTED -> throw new IllegalArgumentException(end.toString());
        };
    }
}
