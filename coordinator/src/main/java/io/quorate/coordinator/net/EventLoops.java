package io.quorate.coordinator.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
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

    List<EventLoop> all() {
        return loops;
    }

    EventLoopGroup group() {
        return group;
    }

    /** Ends the loops once their tasks are done. */
    @Override
    public void close() {
        group.shutdownGracefully(0, END_WAIT_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
