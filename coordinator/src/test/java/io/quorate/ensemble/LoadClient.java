package io.quorate.ensemble;

import io.quorate.history.Operation;
import io.quorate.history.SessionHistory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Works on the nodes of a round with requests of all kinds, in bursts, from server to server, until it is told to stop. */
final class LoadClient implements Runnable {

    static final int NODES = 10;

    private static final int BURST_MAX = 6;
    private static final int EPHEMERALS_MAX = 8;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final RecordedClient client;
    private final List<InetSocketAddress> servers;
    private final Random random;
    private final AtomicInteger tags;
    private final Map<String, Integer> versions = new HashMap<>();
    private Queue<String> ephemerals;
    private String root = "";
    private int ephemeralsMade;
    private volatile boolean stopped;
    private volatile int acknowledged;

    /** {@code tags} makes the values of all clients different. */
    LoadClient(RecordedClient client, List<InetSocketAddress> servers, Random random, AtomicInteger tags) {
        this.client = client;
        this.servers = servers;
        this.random = random;
        this.tags = tags;
    }

    /** To be called before each {@link #run}: all clients of a round share its root and its ephemeral nodes. */
    void begin(String roundRoot, Queue<String> roundEphemerals) {
        root = roundRoot;
        ephemerals = roundEphemerals;
        ephemeralsMade = 0;
        versions.clear();
        stopped = false;
        client.beginHistory();
    }

    /** Lets {@link #run} come to its end. From any thread. */
    void stop() {
        stopped = true;
    }

    /** Writes that were acknowledged in all rounds. From any thread. */
    int acknowledged() {
        return acknowledged;
    }

    List<SessionHistory> histories() {
        return client.histories();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                if (client.isConnected()) {
                    burst();
                } else {
                    client.connect(servers.get(random.nextInt(servers.size())));
                }
            } catch (IOException e) {
                client.disconnect();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void burst() throws IOException {
        int count = 1 + random.nextInt(BURST_MAX);
        for (int i = 0; i < count; i++) {
            request();
        }
        for (Operation operation : client.receiveAll()) {
            if (operation.node() != null) {
                versions.put(operation.path(), operation.node().version());
                acknowledged += operation.value() == null ? 0 : 1;
            }
        }
        if (random.nextInt(500) == 0) {
            client.disconnect();
        }
    }

    private void request() throws IOException {
        String path = path();
        int dice = random.nextInt(100);
        if (dice < 20) {
            client.set(path, tag(), -1);
        } else if (dice < 40) {
            client.set(path, tag(), versions.getOrDefault(path, 0) + random.nextInt(2));
        } else if (dice < 55) {
            client.create(path, tag(), false);
        } else if (dice < 60) {
            client.delete(path, random.nextBoolean() ? -1 : versions.getOrDefault(path, 0));
        } else if (dice < 85) {
            client.read(path, false);
        } else if (dice < 92) {
            client.read(path, true);
        } else {
            ephemeral();
        }
    }

    private void ephemeral() throws IOException {
        String known = ephemerals.peek();
        if (ephemeralsMade < EPHEMERALS_MAX && random.nextInt(10) == 0) {
            ephemeralsMade++;
            String path = root + "/e" + tag();
            client.create(path, path, true);
            ephemerals.add(path);
        } else if (known != null) {
            // To the end of the queue, so that all have their turn.
            if (ephemerals.remove(known)) {
                ephemerals.add(known);
            }
            client.read(known, random.nextBoolean());
        }
    }

    private String path() {
        return root + "/n" + random.nextInt(NODES);
    }

    private String tag() {
        return "v" + tags.incrementAndGet();
    }
}
