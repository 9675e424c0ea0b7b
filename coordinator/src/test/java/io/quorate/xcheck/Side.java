package io.quorate.xcheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Owns the connections and sessions that a run holds on one of the two servers. Both sides always do the same. */
final class Side implements AutoCloseable {

    /** A session as the server named it. */
    record Session(long id, byte[] password) {}

    /**
     * What arrived after sending something.
     *
     * @param closed whether the server closed the connection
     * @param trouble why reading ended early, or empty
     */
    record Received(List<byte[]> frames, boolean closed, String trouble) {}

    private static final Pattern ZXID = Pattern.compile("Zxid: 0x([0-9a-f]+)");
    private static final int SESSION_OFFSET = 8;
    private static final int PASSWORD_BYTES = 16;
    private static final int RESPONSE_BYTES_MIN = 36;

    private final String name;
    private final InetSocketAddress address;
    private final Function<byte[], List<byte[]>> tamper;
    private final Supplier<String> threads;
    private final Map<Integer, RawConnection> connections = new HashMap<>();
    private final Map<Integer, Session> sessions = new HashMap<>();
    private final Map<Long, Long> numbers = new HashMap<>();

    /** {@code threads} says what the threads of the server do, for when it does not answer. */
    Side(String name, InetSocketAddress address, Function<byte[], List<byte[]>> tamper, Supplier<String> threads) {
        this.name = name;
        this.address = address;
        this.tamper = tamper;
        this.threads = threads;
    }

    /** What the threads of the server do. */
    String threads() {
        return threads.get();
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isConnected(int slot) {
        return connections.containsKey(slot);
    }

    /** The session last opened in a slot, or null. */
    Session session(int slot) {
        return sessions.get(slot);
    }

    void forget(int slot) {
        sessions.remove(slot);
    }

    /** A number for a session id that is the same on both sides: 0 for none, else its rank in order of opening. */
    long numberOf(long sessionId) {
        return sessionId == 0 ? 0 : numbers.getOrDefault(sessionId, sessionId);
    }

    RawConnection open() {
        return RawConnection.open(address, tamper);
    }

    /** Puts a connection into a slot and returns the one that was there, or null. */
    RawConnection attach(int slot, RawConnection connection) {
        return connections.put(slot, connection);
    }

    /** Takes the connection out of a slot without closing it; null if there is none. */
    RawConnection detach(int slot) {
        return connections.remove(slot);
    }

    /** Notes the session that a connect response grants to a slot and returns its id; 0 if there is none. */
    long register(int slot, byte[] response) {
        if (response == null || response.length < RESPONSE_BYTES_MIN) {
            return 0;
        }
        ByteBuffer in = ByteBuffer.wrap(response);
        long id = in.getLong(SESSION_OFFSET);
        if (id != 0) {
            byte[] password = new byte[PASSWORD_BYTES];
            in.get(SESSION_OFFSET + Long.BYTES + Integer.BYTES, password);
            sessions.put(slot, new Session(id, password));
            numbers.putIfAbsent(id, numbers.size() + 1L);
        }
        return id;
    }

    /** The last zxid the server says it has processed; -1 while it does not say. */
    long lastZxid() {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher zxid = ZXID.matcher(text);
            return zxid.find() ? Long.parseUnsignedLong(zxid.group(1), 16) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    void send(int slot, byte[] bytes) {
        connections.get(slot).send(bytes);
    }

    void drop(int slot) {
        RawConnection connection = connections.remove(slot);
        if (connection != null) {
            connection.close();
        }
    }

    /** Reads {@code replies} replies with the events between them, and on to the end if the server is to close. */
    Received receive(int slot, int replies, boolean ends) {
        Received received = receive(connections.get(slot), replies, ends);
        if (received.closed()) {
            drop(slot);
        }
        return received;
    }

    static Received receive(RawConnection connection, int replies, boolean ends) {
        List<byte[]> frames = new ArrayList<>();
        int missing = replies;
        try {
            while (missing > 0 || ends) {
                byte[] frame = connection.receive();
                if (frame == null) {
                    return new Received(frames, true, "");
                }
                frames.add(frame);
                missing -= Layouts.isEvent(frame) ? 0 : 1;
            }
            return new Received(frames, false, "");
        } catch (UncheckedIOException e) {
            return new Received(frames, false, e.getCause().toString());
        }
    }

    @Override
    public void close() {
        connections.values().forEach(RawConnection::close);
        connections.clear();
    }
}
