package io.quorate.coordinator.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the client port, admits connections up to the limits, and spreads them over the event loops. */
public final class ClientAcceptor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAcceptor.class);
    private static final int LOW_WATER_BYTES = 256 * 1024;
    private static final int HIGH_WATER_BYTES = 1024 * 1024;
    /** So many connections are taken at a time, if there are as many. */
    private static final int ACCEPTS_MAX = 256;

    private final NetSettings settings;
    private final Admissions admissions;
    private final Map<EventLoop, ClientDoor> doors = new LinkedHashMap<>();
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Future<?>> sweepers = new ArrayList<>();
    private final boolean shared;
    private final EventLoops loops;
    private Channel listener;

    /**
     * @param loops the event loops, at least one
     * @param shared true if the core runs on the one event loop that there is
     */
    public ClientAcceptor(
            NetSettings settings,
            EventLoops loops,
            boolean shared,
            Inlet inlet,
            Answers answers,
            Consumer<Throwable> fatal) {
        assert !shared || loops.count() == 1;
        this.settings = settings;
        this.shared = shared;
        this.loops = loops;
        this.admissions = new Admissions(settings);
        ClientDoor.Common common =
                new ClientDoor.Common(settings, inlet, answers.requests(), answers.commands(), admissions, fatal);
        for (EventLoop loop : loops.all()) {
            ClientQueue queue = new ClientQueue();
            doors.put(
                    loop,
                    new ClientDoor(
                            common,
                            queue,
                            shared ? null : new LoopOrders(loop, queue, fatal),
                            NetCounters.in(answers.metrics())));
        }
    }

    /** Who makes events of requests, who answers the operator, and where things are counted. */
    public record Answers(RequestDecoder requests, Commands commands, Metrics metrics) {}

    /** Ends a batch of the core: what it ordered is sent. The core's thread. */
    public void flush() {
        for (ClientDoor door : doors.values()) {
            if (shared) {
                door.queue().flush();
            } else {
                door.orders().flush();
            }
        }
    }

    /** Lets connections go on that waited for room in the core. The core's thread. */
    public void resume() {
        doors.forEach((loop, door) -> {
            if (shared) {
                door.queue().resume();
            } else {
                loop.execute(door.queue()::resume);
            }
        });
    }

    /**
     * Begins to listen.
     *
     * @throws Exception what the bind failed with, a {@link java.net.BindException} if the port is taken
     */
    public InetSocketAddress open() throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                // Otherwise it is one: with a sync of the log after each, a thousand clients that come together give up
                // waiting.
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator()
                                .respectMaybeMoreData(false)
                                .maxMessagesPerRead(ACCEPTS_MAX))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive())
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                .childHandler(new Admission());
        if (settings.backlog() > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, settings.backlog());
        }
        listener = bootstrap.bind(settings.address()).sync().channel();
        long every = settings.sessionlessMillis();
        if (every > 0) {
            doors.forEach((loop, door) ->
                    sweepers.add(loop.scheduleAtFixedRate(door::sweep, every, every, TimeUnit.MILLISECONDS)));
        }
        return (InetSocketAddress) listener.localAddress();
    }

    /** Frames and commands that clients sent, ever. Any thread. */
    public long received() {
        return doors.values().stream().mapToLong(ClientDoor::received).sum();
    }

    /** Frames sent to clients, ever. Any thread. */
    public long sent() {
        return doors.values().stream().mapToLong(ClientDoor::sent).sum();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        sweepers.forEach(sweeper -> sweeper.cancel(false));
        if (listener != null) {
            listener.close().syncUninterruptibly();
        }
        clients.close().syncUninterruptibly();
    }

    /** Counts each new connection in, or resets it. */
    @Sharable
    private final class Admission extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
            if (peer == null) {
                channel.unsafe().closeForcibly();
                return;
            }
            InetAddress from = peer.getAddress();
            String limit = admissions.connections().admit(from);
            if (limit != null) {
                doors.get(channel.eventLoop()).counters().rejected().increment();
                LOG.info("connection from {} refused: {} is reached", peer, limit);
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture unused = channel.close();
                return;
            }
            ChannelFuture unused = channel.closeFuture()
                    .addListener(done -> admissions.connections().leave(from));
            clients.add(channel);
            channel.pipeline().addLast(new ClientHandler(doors.get(channel.eventLoop())));
        }
    }
}
