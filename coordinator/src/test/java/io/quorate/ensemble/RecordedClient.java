package io.quorate.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.history.Kind;
import io.quorate.history.Node;
import io.quorate.history.Operation;
import io.quorate.history.Outcome;
import io.quorate.history.SessionHistory;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.SyncRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client that writes down all it asks for and is told. It has a session at one server at a time, takes it to another when
 * the connection is lost, and begins a new one when it is told that it is over. For one thread at a time.
 */
final class RecordedClient {

    /** Short, so that a server that stands still is left soon. */
    private static final int WAIT_MILLIS = 3_000;

    private static final int EPHEMERAL = 1;

    /** A request on its way. */
    private record Sent(Kind kind, String path, String value, int version, long invokedNanos) {

        /** The first half of a fresh read: nothing to write down. */
        static final Sent SYNC = new Sent(null, null, null, -1, 0);

        boolean mayChange() {
            return kind != null && kind != Kind.READ && kind != Kind.FRESH_READ;
        }
    }

    private final AtomicInteger numbers;
    private final int timeoutMillis;
    private final List<SessionHistory> histories = new ArrayList<>();
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private RawSession session;
    private RawSession.Ticket ticket = RawSession.Ticket.NEW;
    private SessionHistory history;
    private long lastZxid;

    /** A client without a session; {@code numbers} numbers the sessions of all clients of a test. */
    RecordedClient(AtomicInteger numbers, int timeoutMillis) {
        this.numbers = numbers;
        this.timeoutMillis = timeoutMillis;
    }

    /** Begins a history of its own for what comes now; the session goes on. */
    void beginHistory() {
        histories.clear();
        if (history != null) {
            beginSession(history.number());
        }
    }

    private void beginSession(int number) {
        long timeoutNanos = timeoutMillis * 1_000_000L;
        history = new SessionHistory(number, timeoutNanos, ticket.id() == 0 ? 0 : lastZxid);
        histories.add(history);
    }

    /** One for each session since the last {@link #beginHistory}. */
    List<SessionHistory> histories() {
        return List.copyOf(histories);
    }

    /** Number of its session in the history. */
    int number() {
        return history.number();
    }

    boolean isConnected() {
        return session != null;
    }

    /**
     * Connects to this server, with its session if it has one. When the server says that this is over, that is written down and
     * a new one begins.
     */
    void connect(InetSocketAddress server) throws IOException {
        long invoked = System.nanoTime();
        RawSession opened = RawSession.open(server, timeoutMillis, ticket, lastZxid, WAIT_MILLIS);
        if (opened.isRefused()) {
            opened.close();
            history.add(new Operation(
                    number(), Kind.EXPIRED, "", null, -1, invoked, System.nanoTime(), Outcome.VOID, 0, null));
            ticket = RawSession.Ticket.NEW;
            return;
        }
        if (ticket.id() == 0) {
            lastZxid = 0;
            beginSession(numbers.incrementAndGet());
        }
        ticket = opened.ticket();
        session = opened;
    }

    /** True while it has a session, as far as it knows. */
    boolean hasSession() {
        return ticket.id() != 0;
    }

    void create(String path, String value, boolean ephemeral) throws IOException {
        Kind kind = ephemeral ? Kind.CREATE_EPHEMERAL : Kind.CREATE;
        CreateRequest request =
                new CreateRequest(path, value.getBytes(UTF_8), Acl.OPEN_UNSAFE, ephemeral ? EPHEMERAL : 0);
        send(new Sent(kind, path, value, -1, System.nanoTime()), OpCode.CREATE2, request);
    }

    void set(String path, String value, int version) throws IOException {
        SetDataRequest request = new SetDataRequest(path, value.getBytes(UTF_8), version);
        send(new Sent(Kind.SET, path, value, version, System.nanoTime()), OpCode.SET_DATA, request);
    }

    void delete(String path, int version) throws IOException {
        DeleteRequest request = new DeleteRequest(path, version);
        send(new Sent(Kind.DELETE, path, null, version, System.nanoTime()), OpCode.DELETE, request);
    }

    void read(String path, boolean fresh) throws IOException {
        Sent sent = new Sent(fresh ? Kind.FRESH_READ : Kind.READ, path, null, -1, System.nanoTime());
        if (fresh) {
            send(Sent.SYNC, OpCode.SYNC, new SyncRequest(path));
        }
        send(sent, OpCode.GET_DATA, new GetDataRequest(path, false));
    }

    /** Asks for the end of its session. */
    void close() throws IOException {
        Sent sent = new Sent(Kind.CLOSE, "", null, -1, System.nanoTime());
        send(sent, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
    }

    /** Known as sent before it is: what fails half way may arrive. */
    private void send(Sent sent, OpCode op, Request request) throws IOException {
        inFlight.add(sent);
        int xid = session.send(op, request);
        assert xid > 0;
    }

    /** Waits for every answer, and writes them down; returns the operations in order. */
    List<Operation> receiveAll() throws IOException {
        List<Operation> answered = new ArrayList<>();
        while (!inFlight.isEmpty()) {
            Reply reply = session.receive();
            Sent sent = inFlight.remove();
            if (sent.kind() != null) {
                answered.add(answered(sent, reply));
            } else if (reply.err() != 0) {
                throw new IOException("a sync was answered " + reply);
            }
        }
        return answered;
    }

    private Operation answered(Sent sent, Reply reply) {
        Outcome outcome = outcome(sent, reply);
        Operation operation = new Operation(
                number(),
                sent.kind(),
                sent.path(),
                sent.value(),
                sent.version(),
                sent.invokedNanos(),
                System.nanoTime(),
                outcome,
                reply.zxid(),
                outcome == Outcome.OK ? node(sent, reply) : null);
        history.add(operation);
        lastZxid = Math.max(lastZxid, reply.zxid());
        if (sent.kind() == Kind.CLOSE) {
            ticket = RawSession.Ticket.NEW;
        }
        return operation;
    }

    private static Outcome outcome(Sent sent, Reply reply) {
        ErrorCode error = ErrorCode.of(reply.err());
        if (!sent.mayChange() && error == ErrorCode.NO_NODE) {
            return Outcome.OK;
        }
        return switch (error) {
            case OK -> Outcome.OK;
            case NODE_EXISTS -> Outcome.NODE_EXISTS;
            case NO_NODE -> Outcome.NO_NODE;
            case BAD_VERSION -> Outcome.BAD_VERSION;
            case SESSION_EXPIRED, SESSION_MOVED -> Outcome.VOID;
            default -> throw new AssertionError(sent + " was answered " + reply);
        };
    }

    private static Node node(Sent sent, Reply reply) {
        if (reply.body() instanceof Create2Response created) {
            return node(sent.value(), created.stat());
        } else if (reply.body() instanceof StatResponse set) {
            return node(sent.value(), set.stat());
        } else if (reply.body() instanceof GetDataResponse found) {
            return node(new String(found.data(), UTF_8), found.stat());
        }
        return null;
    }

    private static Node node(String value, Stat stat) {
        return new Node(value, stat.czxid(), stat.mzxid(), stat.version());
    }

    /** Leaves the server, without a word; what was not answered is unknown. The session stays. */
    void disconnect() {
        if (session != null) {
            try {
                session.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            session = null;
        }
        for (Sent sent : inFlight) {
            if (sent.mayChange()) {
                history.add(new Operation(
                        number(),
                        sent.kind(),
                        sent.path(),
                        sent.value(),
                        sent.version(),
                        sent.invokedNanos(),
                        Operation.NEVER,
                        Outcome.UNKNOWN,
                        0,
                        null));
            }
        }
        inFlight.clear();
    }
}
