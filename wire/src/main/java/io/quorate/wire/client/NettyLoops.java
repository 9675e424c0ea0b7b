package io.quorate.wire.client;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Event loops that any number of clients share ({@link ClientBuilder#eventLoops}): for processes with many sessions, in which
 * one thread for the sockets of each would be too many. What one client does on its loop, the others on it wait for; so their
 * callbacks should run elsewhere, as they do if nothing is said.
 *
 * <p>Safe for use by any number of threads.
 */
public final class NettyLoops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final NameLookups names;
    private final boolean endsWithClient;
    private final Set<NettyTransport> clients = ConcurrentHashMap.newKeySet();

    /** @param threads how many event loops; clients are spread over them */
    public NettyLoops(int threads) {
        this(threads, false, InetAddress::getAllByName);
    }

    NettyLoops(int threads, boolean endsWithClient, NameLookups.Source source) {
        this.group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("quorate-client", true), NioIoHandler.newFactory());
        this.names = new NameLookups(source);
        this.endsWithClient = endsWithClient;
    }

    /** One loop for one client, which ends with it. */
    static NettyLoops ofOneClient() {
        return new NettyLoops(1, true, InetAddress::getAllByName);
    }

    /** The loop of a client that begins. */
    EventLoop enter(NettyTransport client) {
        if (group.isShuttingDown()) {
            throw new IllegalStateException("these event loops are closed");
        }
        clients.add(client);
        return group.next();
    }

    /** What knows the addresses of servers. */
    NameLookups names() {
        return names;
    }

    /** A client has ended. */
    void leave(NettyTransport client) {
        clients.remove(client);
        if (endsWithClient) {
            end();
        }
    }

    private void end() {
        names.close();
        Future<?> unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /**
     * Ends the threads. Clients that are still open are cut off as by {@link CoordinatorClient#abandon}: their sessions live on
     * until their timeouts. Does not wait.
     */
    @Override
    public void close() {
        for (NettyTransport each : clients) {
            CompletableFuture<Void> unused = each.abandon();
        }
        end();
    }
}
