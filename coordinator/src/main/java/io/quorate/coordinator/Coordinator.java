package io.quorate.coordinator;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.coordinator.admin.AdminCommands;
import io.quorate.coordinator.cli.RunningServer;
import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Purge;
import io.quorate.coordinator.config.ServerConfig.Transport;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.net.ClientAcceptor;
import io.quorate.coordinator.runtime.CoreLoop;
import io.quorate.coordinator.runtime.DedicatedCore;
import io.quorate.coordinator.runtime.Duties;
import io.quorate.coordinator.runtime.FatalHandler;
import io.quorate.coordinator.runtime.SharedCore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composition root: builds every part of one server, and starts and closes them in order. */
public final class Coordinator implements RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private final ServerConfig config;
    private final FatalHandler fatal = new FatalHandler();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Storage storage;
    private final EventLoopGroup loopGroup;
    private final CoreLoop loop;
    private final OperatorFacts facts;
    private final ClientAcceptor acceptor;
    private final InetSocketAddress address;
    private Future<?> purging;

    private Coordinator(ServerConfig config, Storage storage, Metrics metrics) throws StartException {
        this.config = config;
        this.storage = storage;
        boolean shared = Assembled.isShared(config);
        boolean epoll = config.threads().transport() != Transport.NIO && Epoll.isAvailable();
        loopGroup = new MultiThreadIoEventLoopGroup(
                Assembled.loopThreads(config), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            List<EventLoop> loops = new ArrayList<>();
            for (int i = 0; i < Assembled.loopThreads(config); i++) {
                loops.add(loopGroup.next());
            }
            Core core = new Core(Assembled.core(config), storage.logQueue(), storage.snapshotOut());
            storage.recover(core.recovery());
            loop = shared ? new SharedCore(core, loops.get(0), fatal::die) : new DedicatedCore(core, fatal::die);
            facts = new OperatorFacts(config, storage);
            AdminCommands commands = new AdminCommands(Assembled.whitelist(config), facts, metrics, loop);
            ClientAcceptor.Answers answers =
                    new ClientAcceptor.Answers(Assembled.requests(config), Assembled.commands(commands));
            acceptor = new ClientAcceptor(Assembled.net(config, epoll), loops, shared, loop, answers, fatal::die);
            storage.start(loop, fatal::die);
            loop.start(new Duties(acceptor::flush, storage::workInline, acceptor::resume));
            address = bind();
        } catch (StartException | RuntimeException | Error e) {
            closeLoops();
            throw e;
        }
        facts.serving(acceptor);
        LOG.info(
                "{} with {} event loop(s) on {}, log written {}",
                shared ? "Core on the event loop" : "Core on its own thread",
                Assembled.loopThreads(config),
                epoll ? "epoll" : "nio",
                storage.isInline() ? "by the core's thread" : "by its own thread");
    }

    /** Starts a server. Returns when clients can connect; if it cannot, nothing was changed that was there before. */
    public static Coordinator start(ServerConfig config) throws StartException {
        requireFreePort(config);
        config.folders().prepare();
        Metrics metrics = new Metrics();
        Storage storage = Storage.open(config, metrics, Assembled.isShared(config));
        try {
            Coordinator coordinator = new Coordinator(config, storage, metrics);
            coordinator.startPurging();
            return coordinator;
        } catch (StartException | RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /** Looked at first, so that a second server on the same port leaves no trace in a data directory. */
    private static void requireFreePort(ServerConfig config) throws StartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(Assembled.listenAddress(config));
        } catch (IOException e) {
            throw cannotListen(config, e);
        }
    }

    private static StartException cannotListen(ServerConfig config, Exception e) {
        return new StartException(
                ExitCode.OTHER,
                "Cannot listen on " + Assembled.listenAddress(config) + " (" + e.getMessage()
                        + "); end what uses that port, or choose another clientPort.",
                e);
    }

    private InetSocketAddress bind() throws StartException {
        try {
            return acceptor.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.OTHER, "interrupted while starting", e);
        } catch (Exception e) {
            throw cannotListen(config, e);
        }
    }

    private void startPurging() {
        if (config.snapshots().purge() == Purge.PERIODIC) {
            int hours = config.snapshots().purgeIntervalHours();
            purging = loopGroup.scheduleAtFixedRate(() -> storage.purge(loop), 0, hours, TimeUnit.HOURS);
        }
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
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        facts.ending();
        if (purging != null) {
            purging.cancel(false);
        }
        acceptor.close();
        if (loop instanceof DedicatedCore dedicated) {
            dedicated.close();
        }
        closeLoops();
        storage.close();
        fatal.end();
    }

    private void closeLoops() {
        loopGroup.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
