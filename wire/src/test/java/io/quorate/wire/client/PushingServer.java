package io.quorate.wire.client;

import io.quorate.wire.Codec;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.WatchedEvent;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server on a socket that confirms one session after the other, answers pings, and answers every other request with a flood
 * of events of node {@code /a} behind the reply. A thread for each connection; the counts may be read by any thread.
 */
final class PushingServer implements AutoCloseable {
    private final ServerSocket listening;
    private final int timeoutMillis;
    private final int events;
    final AtomicInteger connections = new AtomicInteger();
    /** Down to 0 with the fourth ping. */
    final CountDownLatch pings = new CountDownLatch(4);

    PushingServer(int timeoutMillis, int events) throws IOException {
        this.timeoutMillis = timeoutMillis;
        this.events = events;
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "pushing-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
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
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            in.readNBytes(in.readInt());
            int session = connections.incrementAndGet();
            say(out, new ConnectResponse(0, timeoutMillis, session, new byte[16], false, true)::write);
            out.flush();
            while (true) {
                byte[] request = in.readNBytes(in.readInt());
                answer(out, number(request, 0), number(request, Integer.BYTES));
                out.flush();
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    private static int number(byte[] request, int at) {
        return java.nio.ByteBuffer.wrap(request).getInt(at);
    }

    private void answer(DataOutputStream out, int xid, int op) throws IOException {
        if (op == OpCode.PING.code()) {
            pings.countDown();
            say(out, new ReplyHeader(xid, 0, 0)::write);
        } else if (op == OpCode.CLOSE_SESSION.code()) {
            say(out, new ReplyHeader(xid, 1, 0)::write);
        } else {
            say(out, writer -> {
                new ReplyHeader(xid, 1, 0).write(writer);
                new ErrorResponse(0).write(writer);
            });
            for (int i = 0; i < events; i++) {
                say(out, writer -> {
                    new ReplyHeader(-1, 1, 0).write(writer);
                    new WatchedEvent(EventType.NODE_DATA_CHANGED, "/a").write(writer);
                });
            }
        }
    }

    private static void say(DataOutputStream out, Consumer<JuteWriter> content) throws IOException {
        byte[] payload = Codec.encode(content);
        out.writeInt(payload.length);
        out.write(payload);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
