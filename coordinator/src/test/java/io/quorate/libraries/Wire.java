package io.quorate.libraries;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The only way of one process to the servers. It can drop connections, and it can withhold what was sent until its sender has
 * long given it up, and then deliver it: what a zombie says. Any thread.
 */
final class Wire implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final byte[] END = new byte[0];

    private final List<InetSocketAddress> servers;
    private final ServerSocket listening;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean withholdsNew;

    Wire(List<InetSocketAddress> servers) {
        this.servers = List.copyOf(servers);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spawn(this::accept);
    }

    /** {@code host:port}, for the process. */
    String connectString() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** All connections end; new ones are made. */
    void drop() {
        connections.forEach(Connection::close);
    }

    /**
     * What is sent on the connections of this moment does not arrive until {@link #deliver}, even if the process closes them.
     *
     * @param newOnesToo whether the same becomes of connections that are made meanwhile; else the process can go on with its
     *     session on another connection
     */
    void withhold(boolean newOnesToo) {
        withholdsNew = newOnesToo;
        connections.forEach(connection -> connection.withheld = true);
    }

    /** What was withheld arrives now, late. */
    void deliver() {
        withholdsNew = false;
        connections.forEach(Connection::deliver);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                connect(client);
            } catch (IOException e) {
                // The wire is closed, or the process has hung up already.
                continue;
            }
        }
    }

    /** To the next server that answers. */
    private void connect(Socket client) throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            InetSocketAddress server = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
            try {
                Socket onward = new Socket(server.getAddress(), server.getPort());
                onward.setTcpNoDelay(true);
                new Connection(client, onward, withholdsNew).start();
                return;
            } catch (IOException e) {
                // This server is down; the next one may not be.
                continue;
            }
        }
        client.close();
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        /** What is on its way to the server; waits here while it is withheld. */
        private final LinkedBlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();

        private volatile boolean withheld;

        Connection(Socket client, Socket server, boolean withheld) {
            this.client = client;
            this.server = server;
            this.withheld = withheld;
        }

        void start() {
            connections.add(this);
            spawn(this::receive);
            spawn(this::send);
            spawn(this::answer);
        }

        void deliver() {
            withheld = false;
        }

        void close() {
            connections.remove(this);
            close(client);
            close(server);
            toServer.add(END);
        }

        private void receive() {
            byte[] chunk = new byte[CHUNK_BYTES];
            try {
                InputStream in = client.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    byte[] copy = new byte[read];
                    System.arraycopy(chunk, 0, copy, 0, read);
                    toServer.add(copy);
                }
            } catch (IOException e) {
                // The process has gone; what it sent before is on its way all the same.
            }
            toServer.add(END);
        }

        private void send() {
            try {
                OutputStream out = server.getOutputStream();
                for (byte[] chunk = toServer.take(); chunk != END; chunk = toServer.take()) {
                    awaitDelivery();
                    out.write(chunk);
                }
                awaitDelivery();
            } catch (IOException e) {
                // The server has hung up.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        private void awaitDelivery() throws InterruptedException {
            while (withheld && !server.isClosed()) {
                Thread.sleep(5);
            }
        }

        private void answer() {
            byte[] chunk = new byte[CHUNK_BYTES];
            try {
                InputStream in = server.getInputStream();
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    client.getOutputStream().write(chunk, 0, read);
                }
                close();
            } catch (IOException e) {
                // If it is the process that has gone, what it sent may still have to be delivered.
                if (!withheld) {
                    close();
                }
            }
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
