package io.quorate.coordinator.net.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.ElectionFrames;
import io.quorate.wire.quorum.ElectionHello;
import io.quorate.wire.quorum.ElectionHello.Address;
import io.quorate.wire.quorum.Notification;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries votes between the members: at most one connection for each pair, opened by the one with the larger number, while the
 * other may only knock (quorum protocol specification, section 2). All of it lives on the first event loop.
 */
public final class ElectionTransport implements ElectionOut, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ElectionTransport.class);

    /** Servers that are no members and speak to this one, at most: observers that are about to be added. */
    private static final int STRANGERS_MAX = 32;

    private static final int FIRST_BYTES = 512;

    private final PeerSettings settings;
    private final EventLoop loop;
    private final EventLoops loops;
    private final Inlet inlet;
    private final Consumer<Throwable> fatal;
    private final Names names = new Names();
    private final PortListener listener;
    private final byte[] hello;
    private final Map<Long, ElectionPeer> peers = new HashMap<>();
    private final Set<ElectionConnection> connections = new HashSet<>();
    private long anonymous;
    private boolean closed;

    public ElectionTransport(PeerSettings settings, EventLoops loops, Inlet inlet, Consumer<Throwable> fatal) {
        this.settings = settings;
        this.loops = loops;
        this.loop = loops.all().get(0);
        this.inlet = inlet;
        this.fatal = fatal;
        List<Address> own = settings.own().election();
        this.listener = new PortListener("election port", settings, own);
        this.hello = encoded(new ElectionHello(
                settings.multiAddress() ? ElectionHello.MANY_ADDRESSES : ElectionHello.ONE_ADDRESS,
                settings.sid(),
                settings.multiAddress() ? own : own.subList(0, 1)));
    }

    private static byte[] encoded(ElectionHello hello) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(FIRST_BYTES);
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        hello.write(writer);
        return bytes(buffer, writer.position());
    }

    private static byte[] encoded(Notification notification) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(FIRST_BYTES);
        JuteWriter writer = new JuteWriter().wrap(buffer, ElectionFrames.HEADER_BYTES);
        notification.write(writer);
        int end = writer.position();
        writer.writeInt(0, end - ElectionFrames.HEADER_BYTES);
        return bytes(buffer, end);
    }

    private static byte[] bytes(ExpandableArrayBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Takes hold of the port; others may connect, and wait until {@link #accept}. Blocks while the port is taken and there are attempts left.
     *
     * @throws Exception what the bind failed with
     */
    public void open() throws Exception {
        listener.open(loops, loop, () -> new ElectionConnection(this, null));
    }

    /** Begins to take connections. */
    public void accept() {
        listener.accept();
    }

    /** Where it listens. */
    public List<InetSocketAddress> addresses() {
        return listener.addresses();
    }

    @Override
    public void send(long sid, Notification notification) {
        byte[] frame = encoded(notification);
        if (loop.inEventLoop()) {
            send(sid, frame);
        } else {
            loop.execute(() -> send(sid, frame));
        }
    }

    private void send(long sid, byte[] frame) {
        ElectionPeer peer = peer(sid);
        if (peer != null && !closed) {
            peer.send(frame);
        }
    }

    /** The other end with this number; null for one too many that nobody configured. */
    private ElectionPeer peer(long sid) {
        ElectionPeer known = peers.get(sid);
        if (known != null) {
            return known;
        }
        PeerSettings.Member member = settings.members().get(sid);
        if (member == null && peers.size() >= settings.members().size() + STRANGERS_MAX) {
            return null;
        }
        ElectionPeer peer = new ElectionPeer(this, sid, member == null ? List.of() : member.election());
        peers.put(sid, peer);
        return peer;
    }

    /** Keeps no more of a server that is no member and has no connection. */
    void forgetStranger(ElectionPeer peer) {
        if (!settings.members().containsKey(peer.sid())) {
            peers.remove(peer.sid(), peer);
        }
    }

    /** Another server opened a connection and said who it is. */
    void introduced(ElectionConnection connection, ElectionHello hello) {
        long sid = hello.sid() == ElectionHello.ANONYMOUS_OBSERVER ? --anonymous : hello.sid();
        if (sid == settings.sid()) {
            LOG.warn(
                    "{} calls itself server {}, as this one does: correct the myid of one of them",
                    connection.remote(),
                    sid);
            connection.close();
            return;
        }
        ElectionPeer peer = peer(sid);
        if (peer == null) {
            LOG.info("connection from {} closed: too many servers that are no members", connection.remote());
            connection.close();
        } else if (sid < settings.sid()) {
            connection.close();
            peer.knocked(hello.addresses());
        } else {
            connection.attach(peer);
            peer.established(connection);
        }
    }

    /** Connects to one address; {@code handler} is in the pipeline before anything is read. */
    ChannelFuture connect(Address address, ChannelInboundHandlerAdapter handler) {
        return new Bootstrap()
                .group(loop)
                .channel(loops.socketChannel())
                .resolver(names)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, settings.keepAlive())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectMillis())
                .handler(handler)
                .connect(InetSocketAddress.createUnresolved(address.host(), address.port()));
    }

    Future<?> later(long millis, Runnable action) {
        return loop.schedule(action, millis, MILLISECONDS);
    }

    /** A notification came in. The inlet takes it always: it keeps few, and drops the oldest. */
    void notified(long sid, Notification notification) {
        inlet.offer(new Event.PeerNotified(sid, notification));
    }

    /** The machine of another server refused a connection: nobody listens there. */
    void refused(long sid) {
        if (settings.members().containsKey(sid)) {
            inlet.offer(new Event.PeerAbsent(sid));
        }
    }

    ByteBuf hello() {
        return Unpooled.wrappedBuffer(hello);
    }

    PeerSettings settings() {
        return settings;
    }

    boolean isClosed() {
        return closed;
    }

    void opened(ElectionConnection connection) {
        connections.add(connection);
        if (closed) {
            connection.close();
        }
    }

    void closed(ElectionConnection connection) {
        connections.remove(connection);
    }

    void fatal(Throwable cause) {
        fatal.accept(cause);
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        listener.close();
        loop.submit(() -> {
                    closed = true;
                    peers.values().forEach(ElectionPeer::stop);
                    new ArrayList<>(connections).forEach(ElectionConnection::close);
                })
                .syncUninterruptibly();
        names.close();
    }
}
