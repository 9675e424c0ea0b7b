package io.quorate.coordinator.net.peer;

import static org.awaitility.Awaitility.await;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.ElectionHello;
import io.quorate.wire.quorum.ElectionHello.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.ExpandableArrayBuffer;

/** Ports of a few servers on loopback, and raw sockets that play another one. */
final class PeerFixture {

    static final String HOST = "127.0.0.1";
    static final int HELLO_MILLIS = 1_500;
    static final int FIRST_PACKET_MILLIS = 1_500;
    static final int LENGTH_MAX = 1 << 20;
    static final int PER_ADDRESS_MAX = 12;

    private static final int DEADLINE_SECONDS = 20;

    final EventLoops loops = new EventLoops(2, true);
    final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final Map<Long, PeerSettings.Member> members = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    PeerFixture(long... sids) {
        for (long sid : sids) {
            members.put(sid, new PeerSettings.Member(List.of(freeAddress()), List.of(freeAddress())));
        }
    }

    static Address freeAddress() {
        return new Address(HOST, ServerProcess.freePort());
    }

    PeerSettings settings(long sid) {
        return new PeerSettings(
                sid,
                members,
                false,
                false,
                1,
                false,
                2_000,
                HELLO_MILLIS,
                3_000,
                20,
                FIRST_PACKET_MILLIS,
                LENGTH_MAX,
                64,
                PER_ADDRESS_MAX);
    }

    Address election(long sid) {
        return members.get(sid).election().get(0);
    }

    Address quorum(long sid) {
        return members.get(sid).quorum().get(0);
    }

    /** A server that is another one's address from now on. */
    void move(long sid, PeerSettings.Member to) {
        members.put(sid, to);
    }

    ElectionTransport election(long sid, Inlet inlet) throws Exception {
        ElectionTransport transport = keep(new ElectionTransport(settings(sid), loops, inlet, fatal::set));
        transport.open();
        transport.accept();
        return transport;
    }

    QuorumPort quorum(long sid, Inlet inlet) throws Exception {
        QuorumPort port = keep(new QuorumPort(settings(sid), loops, inlet, fatal::set));
        port.open();
        port.accept();
        return port;
    }

    <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** A socket to one of the ports, which gives up waiting for bytes after a while. */
    Socket connect(Address to) throws IOException {
        Socket socket = keep(new Socket());
        socket.connect(new InetSocketAddress(InetAddress.getByName(to.host()), to.port()));
        socket.setSoTimeout(DEADLINE_SECONDS * 1_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    static byte[] hello(long version, long sid, Address... addresses) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        new ElectionHello(version, sid, List.of(addresses)).write(writer);
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    static byte[] capture(String name) {
        try {
            return Files.readAllBytes(Path.of("..", "wire", "src", "test", "resources", "quorum", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other end closes the connection, whatever it sends before. */
    static boolean isClosed(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // it may say something first
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static void awaitThat(BooleanSupplier holds) {
        await().atMost(Duration.ofSeconds(DEADLINE_SECONDS))
                .pollInterval(Duration.ofMillis(5))
                .until(holds::getAsBoolean);
    }

    /** Keeps everything that was offered, in order. */
    static final class Events implements Inlet {

        final List<Event> all = new CopyOnWriteArrayList<>();

        @Override
        public boolean offer(Event event) {
            all.add(event);
            return true;
        }

        <T extends Event> List<T> of(Class<T> kind) {
            return all.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        loops.close();
        if (fatal.get() != null) {
            throw new AssertionError("an event loop failed", fatal.get());
        }
    }
}
