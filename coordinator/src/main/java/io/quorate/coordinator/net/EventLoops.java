package io.quorate.coordinator.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The event loops of one server. Any thread. */
public final class EventLoops implements AutoCloseable {

    private static final long END_WAIT_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final boolean epoll;

    /** @param nativeTransport false for the JDK's selectors even where the native transport loads */
    public EventLoops(int threads, boolean nativeTransport) {
        epoll = nativeTransport && Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (int i = 0; i < threads; i++) {
            loops.add(group.next());
        }
    }

    /** True if the loops use the native transport. */
    public boolean isEpoll() {
        return epoll;
    }

    public int count() {
        return loops.size();
    }

    /** The first loop, as something that runs tasks. */
    public ScheduledExecutorService first() {
        return loops.get(0);
    }

    /** All loops, the first one first. For packages of this one that speak to sockets. */
    public List<EventLoop> all() {
        return loops;
    }

    /** The loops as what sockets are spread over. */
    public EventLoopGroup group() {
        return group;
    }

    /** The kind of listening socket that these loops serve. */
    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** The kind of socket that these loops serve. */
    public Class<? extends Channel> socketChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Ends the loops once their tasks are done. */
    @Override
    public void close() {
        group.shutdownGracefully(0, END_WAIT_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
