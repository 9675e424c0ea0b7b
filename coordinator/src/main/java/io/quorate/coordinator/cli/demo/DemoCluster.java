package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.store.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * All processes of the demo and the folder of their data. {@link #close} may be called by any thread, and more than once; the rest
 * belongs to one.
 */
final class DemoCluster implements AutoCloseable {

    static final int BROKERS = 3;
    static final int CONSUMERS = 2;

    private static final long POLL_MILLIS = 200;

    private final Path folder;
    private final DemoServers servers;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final List<Part> unreported = new ArrayList<>();

    private DemoCluster(Path folder, DemoServers servers) {
        this.folder = folder;
        this.servers = servers;
    }

    /** A cluster without processes, in a new folder. */
    static DemoCluster create() throws AdminException {
        try {
            return new DemoCluster(Files.createTempDirectory("quorate-demo-"), DemoServers.onFreePorts());
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot prepare the demo: " + e.getMessage(), e);
        }
    }

    void startServers() throws AdminException {
        try {
            for (int i = 1; i <= DemoServers.COUNT; i++) {
                start("server " + i, "server", servers.writeConfig(folder, i).toString());
            }
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    void startBrokers() throws AdminException {
        for (int i = 1; i <= BROKERS; i++) {
            start("broker " + i, "broker", servers.connectString(), Integer.toString(i));
        }
    }

    void startConsumers() throws AdminException {
        for (int i = 1; i <= CONSUMERS; i++) {
            start("consumer " + i, "consumer", servers.connectString(), "consumer-" + i);
        }
    }

    private void start(String name, String... words) throws AdminException {
        Part part = Part.start(name, folder, words);
        parts.add(part);
        unreported.add(part);
    }

    /** A session, as soon as the servers give one. */
    Link connect(Duration limit) throws AdminException {
        try {
            return Link.open(servers.connectString(), limit, List.of());
        } catch (AdminException e) {
            throw new AdminException(e.exit(), e.getMessage() + logs(), e);
        }
    }

    /** Returns when all brokers are registered and one of them is controller. */
    void awaitBrokers(Link link, Duration limit) throws AdminException, InterruptedException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        long deadline = System.nanoTime() + limit.toNanos();
        while (link.await(reader.brokers()).size() < BROKERS || link.await(reader.controller()) == null) {
            if (System.nanoTime() > deadline || parts.stream().anyMatch(part -> !part.isAlive())) {
                throw new AdminException(AdminExit.FAILED, "the brokers did not come up:" + logs());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private String logs() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append("\n").append(part.name()).append(":\n  ").append(part.lastLines()));
        return text.toString();
    }

    /** What has ended since this was last asked. */
    List<Part> newlyEnded() {
        List<Part> ended = new ArrayList<>();
        for (Iterator<Part> each = unreported.iterator(); each.hasNext(); ) {
            Part part = each.next();
            if (!part.isAlive()) {
                ended.add(part);
                each.remove();
            }
        }
        return ended;
    }

    /** All processes, in the order in which they were started. */
    List<Part> parts() {
        return parts;
    }

    DemoServers servers() {
        return servers;
    }

    Path folder() {
        return folder;
    }

    /** Ends all processes, those that were started last first, and deletes the folder. */
    @Override
    public void close() {
        List<Part> lastFirst = new ArrayList<>(parts);
        java.util.Collections.reverse(lastFirst);
        lastFirst.forEach(Part::askToEnd);
        lastFirst.forEach(Part::awaitEnd);
        if (Files.exists(folder)) {
            Part.deleteFolder(folder);
        }
    }
}
