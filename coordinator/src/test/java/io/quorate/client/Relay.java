package io.quorate.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a server, so that a test decides what becomes of their connections: cut, refused, or silent. Any
 * thread.
 */
public final class Relay implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Semaphore flow = new Semaphore(1);
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean refusing;

    private Relay(InetSocketAddress server, ServerSocket listening) {
        this.server = server;
        this.listening = listening;
    }

    /** Listens on a free port of loopback and passes on to {@code server}. */
    public static Relay to(InetSocketAddress server) {
        try {
            Relay relay = new Relay(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            spawn(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port}, for clients. */
    public String connectString() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** How often something from the server was passed on, over all connections. */
    public long answers() {
        return answers.get();
    }

    /** Cuts all connections, and closes every new one at once. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** New connections are passed on again. */
    public void admit() {
        refusing = false;
    }

    /** Cuts all connections. */
    public void cut() {
        sockets.forEach(Relay::close);
    }

    /** Bytes are no longer passed on; connections stay. */
    public void holdBack() {
        flow.acquireUninterruptibly();
    }

    /** Bytes are passed on again. */
    public void letPass() {
        flow.release();
    }

    @Override
    public void close() {
        refuse();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                if (refusing) {
                    close(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // The relay was closed, or the server cannot be reached: the client sees its connection end.
                cut();
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket behind = new Socket(server.getAddress(), server.getPort());
        sockets.add(behind);
        spawn(() -> pass(client, behind, () -> {}));
        spawn(() -> pass(behind, client, answers::incrementAndGet));
        if (refusing) {
            cut();
        }
    }

    private void pass(Socket from, Socket to, Runnable passed) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int read = from.getInputStream().read(chunk);
                    read >= 0;
                    read = from.getInputStream().read(chunk)) {
                flow.acquireUninterruptibly();
                flow.release();
                to.getOutputStream().write(chunk, 0, read);
                passed.run();
            }
        } catch (IOException e) {
            // One side is gone, so both go.
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
