package io.quorate.crash;

import io.quorate.crash.WriteMaker.Write;
import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * One session that alone writes below one node, through all restarts. It knows what was acknowledged and what was on its way
 * when the server died, and so the few states that the server may come back with: all that was acknowledged, and of the rest
 * a beginning. For one thread at a time.
 */
final class Worker {

    private static final int SESSION_MILLIS = 90_000;
    private static final int IN_FLIGHT_MAX = 48;

    /** A write on its way, and the path that it creates if it is a create. */
    private record Sent(int xid, Write write) {}

    private final String root;
    private final Random random;
    private final WriteMaker maker;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private RawSession session;
    private RawSession.Ticket ticket;
    private ModelTree confirmed;
    private ModelTree expected;
    private long lastZxid;
    private long acknowledged;
    private long refused;

    private Worker(String root, Random random) {
        this.root = root;
        this.random = random;
        this.maker = new WriteMaker(root, random);
    }

    static Worker start(InetSocketAddress address, String root, Random random) throws IOException {
        Worker worker = new Worker(root, random);
        worker.session = RawSession.open(address, SESSION_MILLIS);
        worker.ticket = worker.session.ticket();
        CreateRequest create = new CreateRequest(root, new byte[0], Acl.OPEN_UNSAFE, 0);
        Reply reply = worker.session.call(OpCode.CREATE, create);
        worker.lastZxid = reply.zxid();
        worker.confirmed = new ModelTree(root, reply.zxid());
        worker.expected = worker.confirmed.copy();
        return worker;
    }

    /** Writes until the server is gone. */
    void writeUntilTheEnd() {
        try {
            while (true) {
                int window = 1 + random.nextInt(IN_FLIGHT_MAX);
                while (inFlight.size() < window) {
                    send();
                }
                receive();
            }
        } catch (IOException e) {
            close();
        }
    }

    private void send() throws IOException {
        Write write = maker.next(expected);
        ErrorCode ignored = expected.apply(write.request(), ModelNode.UNKNOWN, ticket.id());
        assert ignored != null;
        // Known as sent before it is: a write that fails half way may have arrived.
        inFlight.add(new Sent(inFlight.isEmpty() ? 0 : inFlight.getLast().xid() + 1, write));
        session.send(write.op(), write.request());
    }

    private void receive() throws IOException {
        Reply reply = session.receive();
        Write write = inFlight.remove().write();
        requireThat(reply.zxid() >= lastZxid, "zxid " + reply.zxid() + " comes after " + lastZxid);
        lastZxid = reply.zxid();
        String path = write.request() instanceof CreateRequest create ? confirmed.createdPath(create) : "";
        ErrorCode error = confirmed.apply(write.request(), reply.zxid(), ticket.id());
        requireThat(reply.error() == error.code(), write + " was answered " + reply + " and not " + error);
        if (error == ErrorCode.OK) {
            acknowledged++;
            String difference = confirmed.check(write.request(), path, reply.body());
            requireThat(difference.isEmpty(), write + " was answered " + difference);
        } else {
            refused++;
        }
    }

    /** Takes the session up again and checks what is there. */
    void verify(InetSocketAddress address) throws IOException {
        session = RawSession.open(address, SESSION_MILLIS, ticket, lastZxid);
        requireThat(!session.isRefused(), "the session was not let in again");
        Found found = Found.read(session, root);
        String first = found.differenceFrom(confirmed);
        String difference = first;
        int survived = 0;
        while (!difference.isEmpty() && !inFlight.isEmpty()) {
            ErrorCode ignored = confirmed.apply(inFlight.remove().write().request(), ModelNode.UNKNOWN, ticket.id());
            assert ignored != null;
            survived++;
            difference = found.differenceFrom(confirmed);
        }
        requireThat(
                difference.isEmpty(),
                "no beginning of the " + survived + " unknown writes explains what is there; without any:" + first
                        + "\nwith all:" + difference);
        inFlight.clear();
        lastZxid = Math.max(lastZxid, found.highestZxid());
        for (var entry : confirmed.nodes().entrySet()) {
            GetDataResponse node = found.nodes().get(entry.getKey());
            entry.getValue().learn(node.stat());
        }
        expected = confirmed.copy();
    }

    private void requireThat(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("session 0x" + Long.toHexString(ticket.id()) + " on " + root + ": " + otherwise);
        }
    }

    long lastZxid() {
        return lastZxid;
    }

    long acknowledged() {
        return acknowledged;
    }

    long refused() {
        return refused;
    }

    RawSession.Ticket ticket() {
        return ticket;
    }

    /** Drops the connection; the session lives on. */
    void close() {
        try {
            session.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
