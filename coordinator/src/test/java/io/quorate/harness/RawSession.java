package io.quorate.harness;

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
public final class RawSession implements AutoCloseable {

    /** What is needed to take a session up again. */
    public record Ticket(long id, byte[] password) {

        /** Asks for a new session. */
        public static final Ticket NEW = new Ticket(0, new byte[16]);
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
    public static RawSession connection(InetSocketAddress address) throws IOException {
        return connection(address, WAIT_MILLIS);
    }

    private static RawSession connection(InetSocketAddress address, int waitMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(waitMillis);
            socket.connect(address, waitMillis);
            return new RawSession(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A new session. */
    public static RawSession open(InetSocketAddress address, int timeoutMillis) throws IOException {
        return open(address, timeoutMillis, Ticket.NEW, 0);
    }

    /** Opens or resumes a session; {@link #isRefused} says whether the server let it. */
    public static RawSession open(InetSocketAddress address, int timeoutMillis, Ticket ticket, long lastZxidSeen)
            throws IOException {
        return open(address, timeoutMillis, ticket, lastZxidSeen, WAIT_MILLIS);
    }

    /** The same; connecting, and every answer, is waited for up to {@code waitMillis}. */
    public static RawSession open(
            InetSocketAddress address, int timeoutMillis, Ticket ticket, long lastZxidSeen, int waitMillis)
            throws IOException {
        RawSession session = connection(address, waitMillis);
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

    /** What takes this session up again. */
    public Ticket ticket() {
        return new Ticket(granted.sessionId(), granted.password());
    }

    /** The session's timeout as the server granted it, in milliseconds; 0 if it was refused. */
    public int timeoutMillis() {
        return granted.timeoutMillis();
    }

    /** True if the server did not let the session in, because it is over or the password is wrong. */
    public boolean isRefused() {
        return granted.sessionId() == 0;
    }

    /** How many answers are still to come. */
    public int unanswered() {
        return unanswered.size();
    }

    /** Sends one request and returns its xid. */
    public int send(OpCode op, Request request) throws IOException {
        lastXid++;
        begin();
        new RequestHeader(lastXid, op.code()).write(writer);
        request.write(writer);
        unanswered.add(op);
        finish();
        return lastXid;
    }

    /** The next answer; notifications are skipped. */
    public Reply receive() throws IOException {
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
    public Reply call(OpCode op, Request request) throws IOException {
        int xid = send(op, request);
        Reply reply = receive();
        if (reply.xid() != xid) {
            throw new AssertionError("answer " + reply + " to request " + xid);
        }
        return reply;
    }

    /** Keeps the session alive; answered with an xid of its own. */
    public Reply ping() throws IOException {
        int ignored = send(OpCode.PING, EmptyRequest.INSTANCE);
        assert ignored > 0;
        return receive();
    }

    /** Ends the session. */
    public Reply end() throws IOException {
        return call(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
    }

    /** True when the server has closed the connection; waits for it up to {@code millis}, and skips what it still sends. */
    public boolean isClosedWithin(int millis) throws IOException {
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
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
