package io.quorate.crash;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.Responses;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Owns one connection with a session on it. Requests are sent as they come; answers are read by whoever wants them, in order.
 * For one thread. Every method fails with an {@link IOException} once the server is gone.
 */
final class RawSession implements AutoCloseable {

    /** What is needed to take a session up again. */
    record Ticket(long id, byte[] password) {

        static final Ticket NEW = new Ticket(0, new byte[16]);
    }

    private static final int WAIT_MILLIS = 60_000;
    private static final int NOTIFICATION_XID = -1;

    private final Socket socket;
    private final DataInputStream in;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final JuteWriter writer = new JuteWriter();
    private final Deque<OpCode> unanswered = new ArrayDeque<>();
    private ConnectResponse granted;
    private int lastXid;

    private RawSession(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    /** Connects without asking for a session. */
    static RawSession connection(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(WAIT_MILLIS);
        socket.connect(address, WAIT_MILLIS);
        return new RawSession(socket);
    }

    /** A new session. */
    static RawSession open(InetSocketAddress address, int timeoutMillis) throws IOException {
        return open(address, timeoutMillis, Ticket.NEW, 0);
    }

    /** Opens or resumes a session; {@link #isRefused} says whether the server let it. */
    static RawSession open(InetSocketAddress address, int timeoutMillis, Ticket ticket, long lastZxidSeen)
            throws IOException {
        RawSession session = connection(address);
        try {
            session.connect(timeoutMillis, ticket, lastZxidSeen);
            return session;
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    private void connect(int timeoutMillis, Ticket ticket, long lastZxidSeen) throws IOException {
        begin();
        new ConnectRequest(0, lastZxidSeen, timeoutMillis, ticket.id(), ticket.password(), false, true).write(writer);
        finish();
        granted = ConnectResponse.read(frame());
    }

    Ticket ticket() {
        return new Ticket(granted.sessionId(), granted.password());
    }

    boolean isRefused() {
        return granted.sessionId() == 0;
    }

    /** How many answers are still to come. */
    int unanswered() {
        return unanswered.size();
    }

    /** Sends one request and returns its xid. */
    int send(OpCode op, Request request) throws IOException {
        lastXid++;
        begin();
        new RequestHeader(lastXid, op.code()).write(writer);
        request.write(writer);
        unanswered.add(op);
        finish();
        return lastXid;
    }

    /** The next answer; notifications are skipped. */
    Reply receive() throws IOException {
        while (true) {
            JuteReader reader = frame();
            ReplyHeader header = ReplyHeader.read(reader);
            if (header.xid() != NOTIFICATION_XID) {
                OpCode op = unanswered.remove();
                boolean hasBody = header.err() == 0 || (op == OpCode.MULTI && reader.remaining() > 0);
                return new Reply(
                        header.xid(), header.zxid(), header.err(), hasBody ? Responses.read(op, reader) : null);
            }
        }
    }

    /** Sends one request and waits for its answer. */
    Reply call(OpCode op, Request request) throws IOException {
        int xid = send(op, request);
        Reply reply = receive();
        if (reply.xid() != xid) {
            throw new AssertionError("answer " + reply + " to request " + xid);
        }
        return reply;
    }

    /** Keeps the session alive; answered with an xid of its own. */
    Reply ping() throws IOException {
        int ignored = send(OpCode.PING, EmptyRequest.INSTANCE);
        assert ignored > 0;
        return receive();
    }

    /** Ends the session. */
    Reply end() throws IOException {
        return call(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
    }

    /** True when the server has closed the connection; waits for it up to {@code millis}, and skips what it still sends. */
    boolean isClosedWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (in.read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void begin() {
        writer.wrap(buffer, Integer.BYTES);
    }

    private void finish() throws IOException {
        int end = writer.position();
        writer.writeInt(0, end - Integer.BYTES);
        socket.getOutputStream().write(buffer.byteArray(), 0, end);
    }

    private JuteReader frame() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new JuteReader().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The socket, for what only sockets can do. */
    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
