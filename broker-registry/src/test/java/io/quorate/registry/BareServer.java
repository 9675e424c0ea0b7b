package io.quorate.registry;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a socket that has nothing but a root: every session is confirmed, every read finds no node, every watch is taken. If
 * it is an old one, it answers multi-reads and persistent watches as servers before 3.6 do: it does not know them, and hangs up.
 * Connections wait until it is opened. Any thread may ask it.
 */
public final class BareServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int NOTHING = -1;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final boolean isOld;
    private final BlockingQueue<OpCode> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** A server that listens, but serves nobody yet. */
    public BareServer(boolean isOld) throws IOException {
        this.isOld = isOld;
    }

    /** Serves from now on. */
    public BareServer open() {
        start(this::accept);
        return this;
    }

    /** Where it listens, for a client. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Waits until somebody has asked for this; whether that was within two minutes. */
    public boolean awaitAsked(OpCode op) throws InterruptedException {
        OpCode next;
        do {
            next = asked.poll(2, TimeUnit.MINUTES);
        } while (next != null && next != op);
        return next != null;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "bare-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            in.readNBytes(in.readInt());
            ByteBuffer session = ByteBuffer.allocate(37).putInt(0).putInt(TIMEOUT_MILLIS);
            session.putLong(connections.incrementAndGet()).putInt(16);
            say(out, session.array());
            while (answer(ByteBuffer.wrap(in.readNBytes(in.readInt())), out)) {
                // Until it hangs up.
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    /** Whether the connection stays. */
    private boolean answer(ByteBuffer request, DataOutputStream out) throws IOException {
        int xid = request.getInt();
        int code = request.getInt();
        OpCode op = OpCode.of(code);
        if (op != OpCode.PING) {
            asked.add(op);
        }
        boolean isUnknown = isOld && (op == OpCode.MULTI_READ || op == OpCode.ADD_WATCH);
        ErrorCode error = isUnknown ? ErrorCode.UNIMPLEMENTED : op == OpCode.EXISTS ? ErrorCode.NO_NODE : ErrorCode.OK;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream reply = new DataOutputStream(bytes);
        reply.writeInt(xid);
        reply.writeLong(0);
        reply.writeInt(error.code());
        if (op == OpCode.ADD_WATCH && !isUnknown) {
            reply.writeInt(error.code());
        }
        if (op == OpCode.MULTI_READ && !isUnknown) {
            findNothing(request, reply);
        }
        say(out, bytes.toByteArray());
        return !isUnknown && op != OpCode.CLOSE_SESSION;
    }

    /** For each read of the request that there is no such node. */
    private static void findNothing(ByteBuffer request, DataOutputStream reply) throws IOException {
        while (request.getInt() != NOTHING) {
            request.position(request.position() + Byte.BYTES + Integer.BYTES);
            // The path, and whether to watch.
            int length = request.getInt();
            request.position(request.position() + length + Byte.BYTES);
            multiHeader(reply, false, ErrorCode.NO_NODE.code());
            reply.writeInt(ErrorCode.NO_NODE.code());
        }
        multiHeader(reply, true, NOTHING);
    }

    private static void multiHeader(DataOutputStream reply, boolean isEnd, int error) throws IOException {
        reply.writeInt(NOTHING);
        reply.writeBoolean(isEnd);
        reply.writeInt(error);
    }

    private static void say(DataOutputStream out, byte[] payload) throws IOException {
        out.writeInt(payload.length);
        out.write(payload);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
