package io.quorate.xcheck;

import io.quorate.xcheck.Requests.Body;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sends random writes of every kind to one server, for tests that compare what becomes of them on several. It takes a new session
 * whenever the server ends one, and ends its own now and then. For one thread.
 */
public final class RandomWriter implements AutoCloseable {

    private static final int SESSION_MILLIS = 60_000;
    private static final int BURST_MAX = 40;
    private static final int ERROR_OFFSET = 12;
    private static final int REPLY_BYTES_MIN = 16;

    private final InetSocketAddress address;
    private final Values values;
    private final RequestMaker requests;
    private RawConnection connection;
    private int xid;
    private int done;

    /** Everything it will send follows from the seed. */
    public RandomWriter(InetSocketAddress address, long seed) {
        this.address = address;
        this.values = new Values(new Random(seed));
        this.requests = new RequestMaker(values);
    }

    /** Sends so many writes, most of them many at once, and reads all answers. */
    public void write(int count) {
        int sent = 0;
        while (sent < count) {
            if (connection == null) {
                connect();
            }
            sent += exchange(burst(Math.min(BURST_MAX, count - sent)));
            if (values.oneIn(200)) {
                close();
            }
        }
    }

    /** How many of them took effect. */
    public int done() {
        return done;
    }

    private void connect() {
        connection = RawConnection.open(address);
        connection.send(Handshake.fresh(SESSION_MILLIS).frame());
        if (connection.receive() == null) {
            throw new AssertionError(address + " gave no session");
        }
        List<Body> first = new ArrayList<>();
        first.add(Requests.digest("alice:pw"));
        for (String path : List.of("/a", "/b", "/c", "/d", "/s", "/q", "/b/x", "/a/x", Values.QUOTA_NODE)) {
            first.add(Requests.create(Op.CREATE, path, values.data(), AclEntry.OPEN, 0));
        }
        exchange(first);
    }

    private List<Body> burst(int size) {
        if (values.oneIn(5)) {
            return List.of(values.oneIn(3) ? requests.setAcl() : requests.quota());
        }
        List<Body> burst = new ArrayList<>();
        int count = 1 + values.below(size);
        for (int i = 0; i < count; i++) {
            burst.add(requests.write());
        }
        return burst;
    }

    /** Returns how many were sent; the server may end the connection before it has answered them. */
    private int exchange(List<Body> bodies) {
        Encoder frames = new Encoder();
        for (Body body : bodies) {
            xid++;
            frames.raw(body.at(xid).frame(0));
        }
        connection.send(frames.bytes());
        Side.Received received = Side.receive(connection, bodies.size(), false);
        if (!received.trouble().isEmpty()) {
            throw new AssertionError(address + " does not answer " + bodies + ": " + received.trouble());
        }
        for (byte[] frame : received.frames()) {
            done += frame.length >= REPLY_BYTES_MIN && ByteBuffer.wrap(frame).getInt(ERROR_OFFSET) == 0 ? 1 : 0;
        }
        if (received.closed()) {
            connection.close();
            connection = null;
        }
        return bodies.size();
    }

    /** Ends its session, and with it its ephemeral nodes. */
    @Override
    public void close() {
        if (connection != null) {
            exchange(List.of(Requests.raw(Op.CLOSE_SESSION, new byte[0])));
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
