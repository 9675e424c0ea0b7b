package io.quorate.xcheck;

import io.quorate.xcheck.Requests.Body;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A well-behaved session on a thread of its own, which writes and reads one node of its own all the time and checks every
 * answer. It must notice nothing of what others do.
 */
final class ControlSession implements AutoCloseable {

    private static final String NODE = "/control";
    private static final int SESSION_MILLIS = 20_000;
    private static final List<AclEntry> MINE = List.of(new AclEntry(31, "auth", ""));

    private final RawConnection connection;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Throwable failure;
    private volatile int rounds;
    private int xid;

    private ControlSession(InetSocketAddress address) {
        this.connection = RawConnection.open(address);
        this.thread = new Thread(this::work, "control session");
    }

    static ControlSession start(InetSocketAddress address) {
        ControlSession control = new ControlSession(address);
        control.connection.send(Handshake.fresh(SESSION_MILLIS).frame());
        control.connection.receive();
        control.ask(Requests.digest("control:secret"));
        control.ask(Requests.create(Op.CREATE, NODE, null, MINE, 1));
        control.thread.start();
        return control;
    }

    private void work() {
        try {
            while (!stopping) {
                ask(Requests.setData(NODE, new Encoder().int32(rounds).bytes(), rounds));
                ByteBuffer read = ask(Requests.pathAndWatch(Op.GET_DATA, NODE, 0));
                expect("length", Integer.BYTES, read.getInt());
                expect("data", rounds, read.getInt());
                rounds = rounds + 1;
            }
        } catch (AssertionError | RuntimeException e) {
            failure = e;
        }
    }

    /** Sends one request and returns the record of its successful reply. */
    private ByteBuffer ask(Body body) {
        xid++;
        connection.send(body.at(xid).frame(0));
        byte[] frame = connection.receive();
        if (frame == null) {
            throw new AssertionError("the control session was disconnected at " + body);
        }
        ByteBuffer in = ByteBuffer.wrap(frame);
        expect("xid", xid, in.getInt());
        in.getLong();
        expect("err of " + body, 0, in.getInt());
        return in;
    }

    private static void expect(String what, int expected, int actual) {
        if (expected != actual) {
            throw new AssertionError("control session: " + what + " is " + actual + " instead of " + expected);
        }
    }

    /** How many writes and reads have been answered well. */
    int rounds() {
        return rounds;
    }

    /** What went wrong, or null. */
    Throwable failure() {
        return failure;
    }

    /** Ends the work and the session. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        connection.send(Requests.raw(Op.CLOSE_SESSION, new byte[0]).at(1).frame(0));
        connection.receive();
        connection.close();
    }
}
