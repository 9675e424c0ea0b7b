package io.quorate.coordinator.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quorate.coordinator.core.Inlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the client port and admits connections, up to the limits. Lives on one event loop. */
public final class ClientAcceptor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAcceptor.class);
    private static final int LOW_WATER_BYTES = 256 * 1024;
    private static final int HIGH_WATER_BYTES = 1024 * 1024;

    private final NetSettings settings;
    private final EventLoop loop;
    private final ClientDoor door;
    private final ChannelGroup clients;
    private Channel listener;
    private Future<?> sweeper;

    public ClientAcceptor(
            NetSettings settings,
            EventLoop loop,
            Inlet inlet,
            ClientQueue queue,
            RequestDecoder requests,
            Commands commands,
            Consumer<Throwable> fatal) {
        this.settings = settings;
        this.loop = loop;
        this.door = new ClientDoor(settings, inlet, queue, requests, commands, fatal);
        this.clients = new DefaultChannelGroup(loop);
    }

    /**
     * Begins to listen.
     *
     * @throws Exception what the bind failed with, a {@link java.net.BindException} if the port is taken
     */
    public InetSocketAddress open() throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(channelClass())
                .option(ChannelOption.SO_REUSEADDR, true)
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
            sweeper = loop.scheduleAtFixedRate(door::sweep, every, every, TimeUnit.MILLISECONDS);
        }
        return (InetSocketAddress) listener.localAddress();
    }

    private Class<? extends ServerChannel> channelClass() {
        return settings.epoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Connections open now. The event loop's thread. */
    public int connections() {
        return door.open();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        if (sweeper != null) {
            sweeper.cancel(false);
        }
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
            String limit = door.admit(from);
            if (limit != null) {
                LOG.info("connection from {} refused: {} is reached", peer, limit);
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture unused = channel.close();
                return;
            }
            ChannelFuture unused = channel.closeFuture().addListener(done -> door.leave(from));
            clients.add(channel);
            channel.pipeline().addLast(new ClientHandler(door));
        }
    }
}
