package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.coordinator.config.ProcessFacts;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Owns all processes of the demo and the folder of their data. Safe for use by any number of threads. */
final class DemoCluster implements AutoCloseable {

    static final int BROKERS = 3;

    private static final long POLL_MILLIS = 250;
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final DemoFolder folder;
    private final DemoServers servers;
    private final Consumer<Part> ended;
    private final Map<String, Part> parts = new TreeMap<>();

    /** By name; each completes when the end of that part has been told. */
    private final Map<String, CompletableFuture<Void>> endings = new TreeMap<>();

    /** Of the maps and of whether it is closed. */
    private final Lock lock = new ReentrantLock();

    /** Of the end. */
    private final Lock ending = new ReentrantLock();

    private volatile boolean closed;

    private DemoCluster(DemoFolder folder, DemoServers servers, Consumer<Part> ended) {
        this.folder = folder;
        this.servers = servers;
        this.ended = ended;
    }

    /**
     * A cluster without processes, in a new folder.
     *
     * @param ended is told of each process that ends before the cluster does, by a thread that must not wait
     */
    static DemoCluster create(Consumer<Part> ended) throws AdminException {
        try {
            DemoServers servers = DemoServers.onFreePorts();
            return new DemoCluster(DemoFolder.create(ProcessFacts.temporaryFolder()), servers, ended);
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot prepare the demo: " + e.getMessage(), e);
        }
    }

    /** Starts a part, and gives it; one that has ended starts again with what it left. */
    Part start(PartName name) throws AdminException {
        lock.lock();
        try {
            return startLocked(name);
        } finally {
            lock.unlock();
        }
    }

    private Part startLocked(PartName name) throws AdminException {
        Part before = parts.get(name.toString());
        if (closed || (before != null && before.isAlive())) {
            throw new AdminException(
                    AdminExit.CONFLICT, closed ? "the demo is ending" : "there is a " + name + " already");
        }
        Part part = Part.start(name.toString(), folder(), words(name));
        parts.put(part.name(), part);
        endings.put(part.name(), part.process().onExit().thenRun(() -> tell(part)));
        return part;
    }

    private List<String> words(PartName name) throws AdminException {
        return switch (name.kind()) {
            case SERVER -> List.of("server", configuration(name).toString());
            case BROKER -> List.of("broker", servers.connectString(), name.which());
            case MEMBER -> List.of("member", servers.connectString(), name.which());
        };
    }

    private Path configuration(PartName name) throws AdminException {
        try {
            return servers.writeConfig(folder(), Integer.parseInt(name.which()));
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot write into " + folder() + ": " + e.getMessage(), e);
        }
    }

    private void tell(Part part) {
        if (!closed) {
            ended.accept(part);
        }
    }

    /** Kills a part; returns when it is dead and that has been told. */
    void kill(PartName name) throws AdminException {
        Part part;
        CompletableFuture<Void> told;
        lock.lock();
        try {
            part = parts.get(name.toString());
            told = endings.get(name.toString());
        } finally {
            lock.unlock();
        }
        if (part == null || !part.isAlive()) {
            throw new AdminException(AdminExit.NOT_FOUND, "no " + name + " is running; see 'status'");
        }
        part.kill();
        told.join();
    }

    /** All parts, those that have ended, too. */
    List<Part> parts() {
        lock.lock();
        try {
            return List.copyOf(parts.values());
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all brokers are registered and one of them is controller. */
    void awaitBrokers(Duration limit) throws AdminException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!areBrokersUp()) {
            checkProgress(deadline);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean areBrokersUp() {
        try (Link link = Link.open(servers.connectString(), LOOK, List.of())) {
            TreeReader reader = BrokerRegistry.on(link.client()).read();
            return link.await(reader.brokers()).size() >= BROKERS && link.await(reader.controller()) != null;
        } catch (AdminException | CoordinatorException e) {
            return false; // the servers have not found each other yet, or lose each other on a busy machine
        }
    }

    /** What has ended will not come up, so nobody waits for it. */
    private void checkProgress(long deadline) throws AdminException {
        List<Part> dead = parts().stream().filter(part -> !part.isAlive()).toList();
        if (System.nanoTime() - deadline > 0 || !dead.isEmpty()) {
            StringBuilder text = new StringBuilder("the cluster did not come up:");
            for (Part part : dead.isEmpty() ? parts() : dead) {
                text.append("\n").append(part.state()).append("\n  ").append(part.lastLines());
            }
            throw new AdminException(AdminExit.FAILED, text.toString());
        }
    }

    /** Where clients find the servers. */
    String connectString() {
        return servers.connectString();
    }

    Path folder() {
        return folder.path();
    }

    /** Ends all processes, members first and servers last, and deletes the folder. Whoever comes second waits for the first. */
    @Override
    public void close() {
        lock.lock();
        closed = true;
        lock.unlock();
        ending.lock();
        try {
            for (PartName.Kind kind : PartName.Kind.LAST_FIRST) {
                List<Part> some = parts().stream()
                        .filter(part -> part.name().startsWith(kind.word()))
                        .toList();
                some.forEach(Part::askToEnd);
                some.forEach(Part::awaitEnd);
            }
            delete();
        } finally {
            ending.unlock();
        }
    }

    private void delete() {
        try {
            folder.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
