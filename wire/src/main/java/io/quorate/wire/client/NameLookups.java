package io.quorate.wire.client;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Owns the threads that look up the names of servers, because that may take long and event loops must not wait. A name is
 * looked up once at a time, whoever asks. Safe for use by any number of threads.
 */
final class NameLookups {
    /** Where names are known. */
    @FunctionalInterface
    interface Source {
        /** All addresses of a name; may wait. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final int THREADS_MAX = 4;
    private static final long IDLE_MILLIS = 1_000;

    private final Source source;
    private final ThreadPoolExecutor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    NameLookups(Source source) {
        this.source = source;
        this.threads = new ThreadPoolExecutor(
                THREADS_MAX,
                THREADS_MAX,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("quorate-client-names", true));
        threads.allowCoreThreadTimeOut(true);
    }

    /** All addresses of a name, at least one; fails if there are none. */
    CompletableFuture<List<InetAddress>> addresses(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            lookUp(host, mine);
            return mine;
        }
        CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        try {
            threads.execute(() -> lookUp(host, mine));
        } catch (RejectedExecutionException e) {
            underWay.remove(host);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> found) {
        try {
            List<InetAddress> addresses = List.of(source.addresses(host));
            underWay.remove(host);
            found.complete(addresses);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host);
            found.completeExceptionally(e);
        }
    }

    /** Ends the threads. */
    void close() {
        threads.shutdownNow();
    }
}
