package io.quorate.coordinator;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.coordinator.auth.DigestScheme;
import io.quorate.coordinator.cli.RunningServer;
import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Transport;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.net.ClientAcceptor;
import io.quorate.coordinator.net.ClientQueue;
import io.quorate.coordinator.net.RequestDecoder;
import io.quorate.coordinator.runtime.Duties;
import io.quorate.coordinator.runtime.FatalHandler;
import io.quorate.coordinator.runtime.SharedCore;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composition root: builds every part of one server, and starts and closes them in order. */
public final class Coordinator implements RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private final FatalHandler fatal = new FatalHandler();
    private final Storage storage;
    private final EventLoopGroup loops;
    private final ClientAcceptor acceptor;
    private final InetSocketAddress address;

    private Coordinator(ServerConfig config) throws StartException {
        boolean epoll = config.threads().transport() != Transport.NIO && Epoll.isAvailable();
        long begun = System.nanoTime();
        storage = Storage.open(config);
        loops = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            EventLoop loop = loops.next();
            Core core = new Core(Assembled.core(config), storage.logQueue(), storage.snapshotOut());
            storage.recover(core.recovery());
            SharedCore shared = new SharedCore(core, loop, this::die);
            ClientQueue queue = new ClientQueue();
            storage.start(shared, this::die);
            ServerConfig.AclSettings acl = config.tree().acl();
            DigestScheme digest = acl.digestScheme()
                    ? new DigestScheme(acl.digestAlgorithm(), acl.superDigest().orElse(null))
                    : null;
            acceptor = new ClientAcceptor(
                    Assembled.net(config, epoll),
                    loop,
                    shared,
                    queue,
                    new RequestDecoder(digest),
                    Assembled.commands(config, shared, storage),
                    this::die);
            shared.start(new Duties(queue::flush, storage::workInline, queue::resume));
            address = bind(config);
        } catch (StartException | RuntimeException | Error e) {
            closeLoops();
            storage.close();
            throw e;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        LOG.info("{} transport, started in {} ms", epoll ? "epoll" : "nio", millis);
    }

    /** Starts a server. Returns when clients can connect. */
    public static Coordinator start(ServerConfig config) throws StartException {
        return new Coordinator(config);
    }

    private InetSocketAddress bind(ServerConfig config) throws StartException {
        try {
            return acceptor.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.OTHER, "interrupted while starting", e);
        } catch (Exception e) {
            throw new StartException(
                    ExitCode.OTHER,
                    "Cannot listen on " + Assembled.listenAddress(config) + " (" + e.getMessage()
                            + "); end what uses that port, or choose another clientPort.",
                    e);
        }
    }

    private void die(Throwable cause) {
        fatal.die(cause);
    }

    @Override
    public InetSocketAddress clientAddress() {
        return address;
    }

    @Override
    public void awaitEnd() {
        try {
            fatal.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        acceptor.close();
        closeLoops();
        storage.close();
        fatal.end();
    }

    private void closeLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
