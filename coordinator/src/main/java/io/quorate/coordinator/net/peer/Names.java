package io.quorate.coordinator.net.peer;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks host names up anew for each connection, on threads of its own: a name service that does not answer must not hold up an
 * event loop, on which the core may run. At most one look-up runs for each attempt to connect, so there are few.
 */
final class Names extends AddressResolverGroup<InetSocketAddress> {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "quorate-names");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Lookup(executor).asAddressResolver();
    }

    @Override
    public void close() {
        super.close();
        threads.shutdownNow();
    }

    private final class Lookup extends InetNameResolver {

        Lookup(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            if (NetUtil.createByteArrayFromIpAddressString(name) != null) {
                find(name, promise);
            } else {
                threads.execute(() -> find(name, promise));
            }
        }

        private static void find(String name, Promise<InetAddress> promise) {
            try {
                promise.trySuccess(InetAddress.getByName(name));
            } catch (UnknownHostException e) {
                promise.tryFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            throw new UnsupportedOperationException("one address is enough");
        }
    }
}
