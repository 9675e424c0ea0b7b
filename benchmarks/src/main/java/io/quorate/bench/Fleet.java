package io.quorate.bench;

import io.quorate.registry.BrokerRegistry;
import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.NettyLoops;
import io.quorate.wire.proto.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Owns the brokers of one cluster, all in this process: those that stand for controller and have no replicas, and those that
 * have. Confined to one thread.
 */
final class Fleet implements AutoCloseable {

    /**
     * How a fleet is kept.
     *
     * @param sessionMillis session timeout of each broker
     * @param loops event loops that all brokers share
     * @param quietMillis for how long a candidate must ask nothing to know all that there is
     * @param limitSeconds how long anything may take
     */
    record Settings(int sessionMillis, int loops, int quietMillis, int limitSeconds) {}

    /** Ids of candidates are larger than those of brokers with replicas. */
    static final int FIRST_CANDIDATE = 100_001;

    private static final String CONTROLLER = "/controller";
    /** A leader elects, and gives sessions up a tick late. */
    private static final long EXPIRY_MARGIN_MILLIS = 6_000;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Settings settings;
    private final String servers;
    private final NettyLoops loops;
    private final CoordinatorClient client;
    private final BrokerRegistry registry;
    private final Map<Integer, BrokerNode> nodes = new LinkedHashMap<>();
    private int candidates;
    private volatile long vacantNanos;

    Fleet(Settings settings, String servers) {
        this.settings = settings;
        this.servers = servers;
        this.loops = new NettyLoops(settings.loops());
        this.client = sessions().connect();
        this.registry = BrokerRegistry.on(client);
    }

    private ClientBuilder sessions() {
        return CoordinatorClient.builder(servers)
                .sessionTimeout(Duration.ofMillis(settings.sessionMillis()))
                .eventLoops(loops);
    }

    /** A broker that will have replicas joins; does not wait for it. */
    BrokerNode join(int id) {
        return join(id, false);
    }

    /** A broker without replicas joins that stands for controller, and waits until it knows all that there is. */
    BrokerNode joinCandidate() {
        BrokerNode node = join(FIRST_CANDIDATE + candidates++, true);
        await(node.member().whenRegistered());
        awaitQuiet(node);
        return node;
    }

    /** The same without waiting for anything. */
    BrokerNode startCandidate() {
        return join(FIRST_CANDIDATE + candidates++, true);
    }

    private BrokerNode join(int id, boolean isCandidate) {
        BrokerNode node = BrokerNode.join(id, isCandidate, sessions());
        nodes.put(id, node);
        return node;
    }

    /** Ends the session of a broker. */
    void stop(BrokerNode node) {
        nodes.remove(node.id());
        node.member().close();
    }

    /** Kills a broker. */
    void kill(BrokerNode node) {
        nodes.remove(node.id());
        await(node.member().abandon());
    }

    List<BrokerNode> candidates() {
        return nodes.values().stream()
                .filter(node -> node.id() >= FIRST_CANDIDATE)
                .toList();
    }

    List<BrokerNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    BrokerNode node(int id) {
        return nodes.get(id);
    }

    /** Where the cluster is, for others who look at it. */
    String servers() {
        return servers;
    }

    BrokerRegistry registry() {
        return registry;
    }

    /** What was written before, whichever server has answered, is what {@link #registry} reads from now on. */
    void catchUp() {
        await(client.sync("/"));
    }

    /** From now on takes note of when the office of controller becomes vacant. */
    void watchController() {
        await(client.addWatch(CONTROLLER, AddWatchMode.PERSISTENT, event -> {
            if (event.type() == EventType.NODE_DELETED) {
                vacantNanos = System.nanoTime();
            }
        }));
    }

    /** When the office became vacant last, of {@link System#nanoTime}. */
    long vacantNanos() {
        return vacantNanos;
    }

    /** The candidate that is controller and has nothing left to do; waits for one. */
    BrokerNode controller() {
        BrokerNode[] found = new BrokerNode[1];
        await("a controller that is ready", () -> {
            for (BrokerNode each : candidates()) {
                if (await(each.member().isIdleController())) {
                    found[0] = each;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** Waits until a broker has asked nothing for a while. */
    private void awaitQuiet(BrokerNode node) {
        long[] last = {-1, 0};
        await("broker " + node.id() + " at rest", () -> {
            long now = node.traffic().requests();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > TimeUnit.MILLISECONDS.toNanos(settings.quietMillis());
        });
    }

    /** Waits until servers have given up every session that was lost before. */
    void awaitExpiry() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(settings.sessionMillis() + EXPIRY_MARGIN_MILLIS));
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.limitSeconds());
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no " + what + " after " + settings.limitSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(settings.limitSeconds(), TimeUnit.SECONDS).join();
    }

    /** What all brokers have asked so far, without pings. */
    long requests() {
        return nodes.values().stream()
                .mapToLong(node -> node.traffic().requests())
                .sum();
    }

    /** How many transactions the servers have carried out in this epoch of theirs. */
    long transactions() {
        return client.sync().sync("/");
    }

    /** Ends all brokers at once. */
    @Override
    public void close() {
        for (BrokerNode each : nodes()) {
            CompletableFuture<Void> unused = each.member().abandon();
        }
        client.close();
        loops.close();
    }
}
