package io.quorate.coordinator;

import io.quorate.coordinator.admin.AdminCommands;
import io.quorate.coordinator.cli.RunningServer;
import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Purge;
import io.quorate.coordinator.config.ServerConfig.Transport;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.HandOverResult;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.net.ClientAcceptor;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.coordinator.runtime.CoreLoop;
import io.quorate.coordinator.runtime.DedicatedCore;
import io.quorate.coordinator.runtime.Duties;
import io.quorate.coordinator.runtime.FatalHandler;
import io.quorate.coordinator.runtime.FlightRecorder;
import io.quorate.coordinator.runtime.SharedCore;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composition root: builds every part of one server, and starts and closes them in order. */
public final class Coordinator implements RunningServer {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    private static final String LAST_EVENTS = "last-events.txt";

    private final ServerConfig config;
    private final FatalHandler fatal;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Storage storage;
    private final EventLoops loops;
    private final Core core;
    private final CoreLoop loop;
    private final Optional<PeerPorts> peers;
    private final OperatorFacts facts;
    private final ClientAcceptor acceptor;
    private final InetSocketAddress address;
    private Future<?> purging;

    private Coordinator(ServerConfig config, Storage storage, Metrics metrics) throws StartException {
        this.config = config;
        this.storage = storage;
        FlightRecorder recorder = new FlightRecorder();
        fatal = new FatalHandler(recorder, config.folders().dataDir().resolve(LAST_EVENTS));
        boolean shared = Assembled.isShared(config);
        boolean nativeTransport = config.threads().transport() != Transport.NIO;
        loops = new EventLoops(Assembled.loopThreads(config), nativeTransport);
        try {
            peers = config.ensemble().map(ensemble -> new PeerPorts(config, ensemble, loops, fatal::die));
            core = newCore();
            loop = shared
                    ? new SharedCore(core, loops.first(), recorder, fatal::die)
                    : new DedicatedCore(core, recorder, fatal::die);
            facts = new OperatorFacts(config, storage);
            AdminCommands commands = new AdminCommands(Assembled.whitelist(config), facts, metrics, loop);
            ClientAcceptor.Answers answers =
                    new ClientAcceptor.Answers(Assembled.requests(config), Assembled.commands(commands), metrics);
            acceptor = new ClientAcceptor(Assembled.net(config), loops, shared, loop, answers, fatal::die);
            storage.start(loop, fatal::die);
            if (peers.isPresent()) {
                peers.get().open(loop);
            }
            loop.start(new Duties(this::flush, storage::workInline, acceptor::resume, this::resumePeers));
            peers.ifPresent(PeerPorts::accept);
            address = bind();
        } catch (StartException | RuntimeException | Error e) {
            loops.close();
            throw e;
        }
        facts.serving(acceptor);
        LOG.info(
                "{} with {} event loop(s) on {}, log written {}",
                shared ? "Core on the event loop" : "Core on its own thread",
                loops.count(),
                loops.isEpoll() ? "epoll" : "nio",
                storage.isInline() ? "by the core's thread" : "by its own thread");
    }

    /** Starts a server. Returns when clients can connect. */
    public static Coordinator start(ServerConfig config) throws StartException {
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

    /** A core that holds what the disk has. */
    private Core newCore() throws StartException {
        CoreSettings settings = Assembled.core(config);
        if (peers.isEmpty()) {
            Core alone = new Core(settings, storage.logQueue(), storage.snapshotOut());
            storage.recover(alone.recovery());
            return alone;
        }
        Core member = new Core(
                settings, storage.logQueue(), storage.snapshotOut(), peers.get().parts(config, storage));
        storage.recover(member.recovery());
        Epochs epochs = storage.epochs();
        member.epochs(epochs.accepted(), epochs.current());
        return member;
    }

    /** What was ordered for members leaves first: they sync it while this server does. */
    private void flush() {
        facts.became(core.mode());
        peers.ifPresent(PeerPorts::flush);
        acceptor.flush();
    }

    private void resumePeers() {
        peers.ifPresent(PeerPorts::resume);
    }

    private InetSocketAddress bind() throws StartException {
        try {
            return acceptor.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.OTHER, "interrupted while starting", e);
        } catch (Exception e) {
            throw config.listener().refused(e);
        }
    }

    private void startPurging() {
        if (config.snapshots().purge() == Purge.PERIODIC) {
            int hours = config.snapshots().purgeIntervalHours();
            purging = loops.first().scheduleAtFixedRate(() -> storage.purge(loop), 0, hours, TimeUnit.HOURS);
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

    /** A leader that is to end lets another lead first, so that nobody has to find out that it is gone. */
    private void handOver() {
        int millis = config.ensemble()
                .map(ensemble -> ensemble.succession().handOverMillis())
                .orElse(0);
        if (millis == 0 || fatal.isEnded() || !facts.mode().equals(ServerMode.LEADER.text())) {
            return;
        }
        CompletableFuture<HandOverResult> over = new CompletableFuture<>();
        loop.offer(new Event.HandOverWanted(0, over::complete));
        try {
            HandOverResult result = over.get(millis, TimeUnit.MILLISECONDS);
            LOG.info(
                    result.isDone() ? "Server {} leads now, after {} ms" : "Not handed over: {}",
                    result.isDone() ? result.successor() : result.refusal(),
                    result.millis());
        } catch (TimeoutException e) {
            LOG.warn("No other server leads after {} ms; ending all the same", millis);
        } catch (ExecutionException e) {
            throw new AssertionError("nobody says so", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        handOver();
        facts.ending();
        if (purging != null) {
            purging.cancel(false);
        }
        acceptor.close();
        peers.ifPresent(PeerPorts::close);
        if (loop instanceof DedicatedCore dedicated) {
            dedicated.close();
        }
        loops.close();
        storage.close();
        fatal.end();
    }
}
