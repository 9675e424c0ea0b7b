package io.quorate.xcheck;

import io.quorate.xcheck.Requests.Body;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Owns one connection of a scripted test, says what the script says, and reads replies one by one. For one thread. */
final class ScriptedClient implements AutoCloseable {

    /** A notification. */
    record Event(int type, String path, long zxid) {}

    /**
     * A reply.
     *
     * @param events the notifications that came before it
     */
    record Reply(int xid, long zxid, int err, byte[] body, List<Event> events) {

        int int32(int offset) {
            return ByteBuffer.wrap(body).getInt(offset);
        }

        /** The string or buffer at an offset; null for length -1. */
        String string(int offset) {
            int length = int32(offset);
            return length < 0 ? null : new String(body, offset + Integer.BYTES, length, StandardCharsets.UTF_8);
        }
    }

    private static final int HEADER_BYTES = 16;
    private static final int SESSION_MILLIS = 30_000;
    private static final int SESSION_OFFSET = 8;

    private final InetSocketAddress address;
    private final RawConnection connection;
    private byte[] welcome;
    private int xid;

    private ScriptedClient(InetSocketAddress address) {
        this.address = address;
        this.connection = RawConnection.open(address);
    }

    /** A connection on which nothing has been said yet. */
    static ScriptedClient silent(InetSocketAddress address) {
        return new ScriptedClient(address);
    }

    static ScriptedClient greeting(InetSocketAddress address, Handshake handshake) {
        ScriptedClient client = silent(address);
        client.send(handshake.frame());
        client.awaitWelcome();
        return client;
    }

    static ScriptedClient connected(InetSocketAddress address) {
        return greeting(address, Handshake.fresh(SESSION_MILLIS));
    }

    /** A second connection for the session of this one. */
    ScriptedClient resumed(int timeoutMillis, byte[] password) {
        return greeting(address, new Handshake(0, timeoutMillis, sessionId(), password, true));
    }

    ScriptedClient resumed() {
        return resumed(SESSION_MILLIS, Handshake.passwordOf(sessionId()));
    }

    /** Reads the connect response. */
    void awaitWelcome() {
        welcome = connection.receive();
    }

    /** The connect response, null if the server closed instead. */
    byte[] welcome() {
        return welcome;
    }

    int timeoutMillis() {
        return ByteBuffer.wrap(welcome).getInt(Integer.BYTES);
    }

    long sessionId() {
        return ByteBuffer.wrap(welcome).getLong(SESSION_OFFSET);
    }

    void send(byte[] bytes) {
        connection.send(bytes);
    }

    /** Sends a request under the next xid and returns that. */
    int say(Body body) {
        xid++;
        send(body.at(xid).frame(0));
        return xid;
    }

    Reply ask(Body body) {
        say(body);
        return reply();
    }

    Reply ask(Request request) {
        send(request.frame(0));
        return reply();
    }

    /** The next reply with the events in front of it; null if the server closes before one. */
    Reply reply() {
        List<Event> events = new ArrayList<>();
        byte[] frame = connection.receive();
        while (frame != null && Layouts.isEvent(frame)) {
            events.add(event(frame));
            frame = connection.receive();
        }
        if (frame == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(frame);
        int repliedXid = in.getInt();
        long zxid = in.getLong();
        int err = in.getInt();
        byte[] body = new byte[frame.length - HEADER_BYTES];
        in.get(body);
        return new Reply(repliedXid, zxid, err, body, events);
    }

    private static Event event(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        in.getInt();
        long zxid = in.getLong();
        in.getInt();
        int type = in.getInt();
        in.getInt();
        byte[] path = new byte[in.getInt()];
        in.get(path);
        return new Event(type, new String(path, StandardCharsets.UTF_8), zxid);
    }

    /** Whether the server closes the connection without sending anything more. Waits for it. */
    boolean isClosed() {
        return connection.receive() == null;
    }

    @Override
    public void close() {
        connection.close();
    }
}
