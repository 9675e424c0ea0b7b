package io.quorate.groups;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be cut: connections stay open and nothing passes, as when a switch dies. */
final class Cable implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    /** What clients have sent and the server has not had; null while nothing is captured. */
    private volatile ByteArrayOutputStream captured;

    Cable(InetSocketAddress server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        spawn(this::accept);
    }

    String connectString() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    /** From now on what clients send is kept from the server, as by a proxy that is slow. */
    void capture() {
        captured = new ByteArrayOutputStream();
    }

    /** What was captured so far. */
    byte[] captured() {
        return captured.toByteArray();
    }

    /** Passes again; what was captured does not. */
    void endCapture() {
        captured = null;
    }

    /** Connections of before the cut are gone for good, as their ends find out now. */
    void mend() {
        sockets.forEach(Cable::close);
        sockets.clear();
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                if (cut) {
                    continue;
                }
                Socket onward = new Socket(server.getAddress(), server.getPort());
                sockets.add(onward);
                spawn(() -> pass(client, onward, true));
                spawn(() -> pass(onward, client, false));
            } catch (IOException e) {
                continue;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean isUp) {
        byte[] chunk = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                ByteArrayOutputStream keeping = captured;
                if (isUp && keeping != null) {
                    keeping.write(chunk, 0, read);
                } else if (!cut) {
                    out.write(chunk, 0, read);
                }
            }
        } catch (IOException e) {
            // One side has gone; closing the other is all there is to do.
            return;
        }
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        sockets.forEach(Cable::close);
    }
}
