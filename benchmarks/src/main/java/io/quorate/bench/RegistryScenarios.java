package io.quorate.bench;

import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.model.TopicPartition;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Owns the life of one cluster on the servers of one side: brokers register, topics are created, controllers and brokers are
 * killed and stopped, topics are deleted, and each of that gives figures for the scorecard (broker-registry 13.7).
 */
final class RegistryScenarios {

    private static final int STANDBYS = 2;
    private static final int IN_FLIGHT = 16;
    private static final int WRITES_PER_TRANSACTION = 200;
    /** The sizes that the targets are for. */
    private static final double LOADED_PARTITIONS = 200_000;

    private static final double CREATED_PARTITIONS = 100_000;
    private static final double AFFECTED_PARTITIONS = 4_000;
    private static final double REGISTERED_BROKERS = 1_000;
    private static final double FAILED_WRITES = 1_000_000;
    /** What fails with a rack: one broker of so many. */
    private static final int RACKS = 3;

    private static final int IDLE_SECONDS = 10;

    private static final double MILLI_NANOS = 1e6;
    private static final double SECOND_NANOS = 1e9;

    private final ClusterPlan plan;
    private final int repeats;
    private final Side side;
    private final Scorecard card;
    private final PrintWriter progress;
    private final Ensemble ensemble;
    private final Fleet fleet;

    /**
     * A cluster on servers that nobody has used yet.
     *
     * @param repeats how many controllers are killed; 0 for nobody, no broker and no server either
     * @param ensemble the servers
     * @param fleet no brokers yet
     */
    RegistryScenarios(
            ClusterPlan plan,
            int repeats,
            Side side,
            Scorecard card,
            PrintWriter progress,
            Ensemble ensemble,
            Fleet fleet) {
        this.plan = plan;
        this.repeats = repeats;
        this.side = side;
        this.card = card;
        this.progress = progress;
        this.ensemble = ensemble;
        this.fleet = fleet;
    }

    /** Runs all of it. What fails ends the cluster's life, and is on the card. */
    void run() {
        try {
            fleet.joinCandidate();
            registering();
            create();
            watches();
            describe();
            if (repeats > 0) {
                failOver();
                brokerIsKilled(1);
            }
            coldLoad();
            brokerStops(2);
            if (repeats > 0) {
                idle();
                rackFails();
            }
            delete();
        } catch (IOException | RuntimeException e) {
            card.fail(side, plan.title(), e);
            progress.printf("%s failed: %s%n", side.label(), e);
            progress.flush();
        }
    }

    /** A target for a size that is at least as large as the one it was set for. */
    private static double weight(double size, double reference) {
        return Math.max(1, size / reference);
    }

    private void registering() throws IOException {
        BrokerNode controller = fleet.controller();
        int others = controller.brokers();
        long start = System.nanoTime();
        for (int id = 1; id <= plan.registering(); id++) {
            fleet.join(id);
        }
        fleet.await("brokers that are all registered", () -> controller.brokers() == others + plan.registering());
        double weight = weight(plan.registering(), REGISTERED_BROKERS);
        add(
                Goal.atMost(
                        plan.registering() + " brokers register, until the controller knows all, s",
                        2 * weight,
                        0.5 * weight),
                seconds(start, System.nanoTime()));
        if (repeats > 0 && ensemble.hasSpare()) {
            serverIsKilled();
        }
        fleet.nodes().stream()
                .filter(node -> node.id() < Fleet.FIRST_CANDIDATE && node.id() > plan.brokers())
                .forEach(fleet::stop);
        for (int id = plan.registering() + 1; id <= plan.brokers(); id++) {
            fleet.join(id);
        }
        fleet.await("brokers of the cluster", () -> controller.brokers() == others + plan.brokers());
    }

    /** The leader of the servers is killed while all are registered; whoever was given up would register anew. */
    private void serverIsKilled() throws IOException {
        Map<Integer, Long> before = epochs();
        long start = System.nanoTime();
        Server leader = ensemble.leader();
        leader.kill();
        ensemble.leader();
        add(Goal.none("leading server is killed: until the next leads, s"), seconds(start, System.nanoTime()));
        // Until sessions of brokers that had not come back would have ended.
        fleet.awaitExpiry();
        Map<Integer, Long> after = epochs();
        long lost = before.entrySet().stream()
                .filter(each -> !each.getValue().equals(after.get(each.getKey())))
                .count();
        add(Goal.atMost("leading server is killed: registrations lost of " + before.size(), 0, 0), lost);
        leader.restart();
    }

    /** Who is registered in the tree, and since when. */
    private Map<Integer, Long> epochs() {
        Map<Integer, Long> epochs = new TreeMap<>();
        fleet.await(fleet.registry().read().brokers()).forEach((id, broker) -> epochs.put(id, broker.epoch()));
        return epochs;
    }

    private void create() {
        BrokerNode controller = fleet.controller();
        long before = fleet.transactions();
        long start = System.nanoTime();
        inFlight(topic -> fleet.registry().topics().create(ClusterPlan.topic(topic), plan.assignment(topic), Map.of()));
        fleet.await("states of all partitions", () -> controller.decided() == plan.partitions());
        double weight = weight(plan.partitions(), CREATED_PARTITIONS);
        String what = "create " + plan.topics() + " topics";
        add(Goal.atMost(what + ", s", 10 * weight, 3 * weight), seconds(start, controller.decidedNanos()));
        add(Goal.none(what + ": transactions"), fleet.transactions() - before);
    }

    /** Does something to every topic, so many at a time. */
    private void inFlight(IntFunction<CompletableFuture<?>> order) {
        Semaphore free = new Semaphore(IN_FLIGHT);
        CompletableFuture<?>[] all = new CompletableFuture<?>[plan.topics()];
        for (int topic = 0; topic < plan.topics(); topic++) {
            free.acquireUninterruptibly();
            all[topic] = order.apply(topic).whenComplete((done, failure) -> free.release());
        }
        fleet.await(CompletableFuture.allOf(all));
    }

    private void watches() {
        add(
                Goal.atMost("watches of the controller", 16, 8),
                fleet.controller().traffic().watches());
    }

    /** Somebody looks at everything; an answer of any length begins soon, and needs little memory (consumer-groups G). */
    private void describe() throws IOException {
        CommandRun run = CommandRun.of(List.of("topics", "describe", "--server", fleet.servers()));
        if (run.exitCode() != 0 || run.lines() < plan.partitions()) {
            throw new IllegalStateException("topics describe: " + run);
        }
        add(
                Goal.atMost("topics describe with 512 MiB, from its start to its first line, s", 2, 2),
                run.firstLineSeconds());
        add(Goal.none("topics describe with 512 MiB: " + run.lines() + " lines, s"), run.endSeconds());
    }

    /** Controllers are killed while others follow what they do. */
    private void failOver() {
        fleet.watchController();
        while (fleet.candidates().size() <= STANDBYS) {
            fleet.joinCandidate();
        }
        for (int i = 0; i < repeats; i++) {
            BrokerNode old = fleet.controller();
            long start = System.nanoTime();
            fleet.kill(old);
            fleet.await("vacant office", () -> fleet.vacantNanos() - start > 0);
            BrokerNode next = fleet.controller();
            long ready = System.nanoTime();
            add(
                    Goal.atMost("controller is killed, warm standby: session end to ready, ms", 500, 150),
                    (ready - fleet.vacantNanos()) / MILLI_NANOS);
            add(
                    Goal.none("controller is killed: session end to elected, ms"),
                    (next.electedNanos() - fleet.vacantNanos()) / MILLI_NANOS);
            add(Goal.none("controller is killed: kill to ready, s"), seconds(start, ready));
            fleet.joinCandidate();
        }
    }

    /** One that knows nothing becomes controller. */
    private void coldLoad() {
        fleet.candidates().forEach(fleet::stop);
        BrokerNode cold = fleet.startCandidate();
        fleet.await(cold.member().whenRegistered());
        fleet.controller();
        double weight = weight(plan.partitions(), LOADED_PARTITIONS);
        add(
                Goal.atMost("cold load: registered to ready, s", 4 * weight, 1.5 * weight),
                seconds(cold.registeredNanos(), System.nanoTime()));
    }

    private void brokerIsKilled(int victim) {
        int affected = plan.partitionsOn(victim).size();
        BrokerNode controller = fleet.controller();
        long transactions = fleet.transactions();
        long requests = controller.traffic().requests();
        long decided = controller.decided();
        fleet.kill(fleet.node(victim));
        fleet.await("news of the broker's death", () -> controller.goneNanos(victim) != null);
        fleet.await("decisions about its partitions", () -> controller.decided() - decided >= affected);
        double seconds = seconds(controller.goneNanos(victim), controller.decidedNanos());
        double weight = weight(affected, AFFECTED_PARTITIONS);
        String what = "broker with " + affected + " replicas is killed";
        add(Goal.atMost(what + ": noticed to all decided, ms", 300 * weight, 80 * weight), seconds * 1_000);
        add(Goal.none(what + ": state writes/s"), affected / seconds);
        double batches = Math.ceil((double) affected / WRITES_PER_TRANSACTION);
        // The end of the session is one, and what comes in several bursts does not fill its last transaction.
        add(Goal.atMost(what + ": transactions", 2 * batches + 2, batches + 2), fleet.transactions() - transactions);
        add(Goal.none(what + ": requests"), controller.traffic().requests() - requests);
        check(Set.of(victim));
    }

    private void brokerStops(int leaving) {
        BrokerNode controller = fleet.controller();
        BrokerNode node = fleet.node(leaving);
        int affected = plan.partitionsOn(leaving).size();
        long epoch = fleet.await(node.member().whenRegistered());
        long start = System.nanoTime();
        List<TopicPartition> left = fleet.await(controller.member().stopping(leaving, epoch));
        long end = System.nanoTime();
        if (left == null || !left.isEmpty()) {
            throw new IllegalStateException("broker " + leaving + " still leads " + left);
        }
        double weight = weight(affected, AFFECTED_PARTITIONS);
        add(
                Goal.atMost("controlled shutdown, " + affected + " replicas, ms", 500 * weight, 120 * weight),
                (end - start) / MILLI_NANOS);
        fleet.stop(node);
        check(Set.of(leaving));
    }

    /** Nothing happens; pings are not counted. */
    private void idle() {
        fleet.controller();
        long before = fleet.requests();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
        add(Goal.atMost("idle: requests of all brokers in " + IDLE_SECONDS + " s", 0, 0), fleet.requests() - before);
    }

    /** One broker of three is killed, all at once. */
    private void rackFails() {
        rejoin();
        BrokerNode controller = fleet.controller();
        Set<Integer> victims = IntStream.rangeClosed(1, plan.brokers())
                .filter(id -> id % RACKS == 0)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        long decided = controller.decided();
        victims.forEach(victim -> fleet.kill(fleet.node(victim)));
        fleet.await("news of the brokers' deaths", () -> victims.stream()
                .allMatch(victim -> controller.goneNanos(victim) != null));
        fleet.controller();
        long noticed = victims.stream().mapToLong(controller::goneNanos).min().orElseThrow();
        double seconds = seconds(noticed, controller.decidedNanos());
        long writes = controller.decided() - decided;
        double weight = weight(writes, FAILED_WRITES);
        String what = victims.size() + " brokers are killed at once";
        add(Goal.none(what + ": states written"), writes);
        add(Goal.atMost(what + ": first noticed to all decided, s", 25 * weight, 10 * weight), seconds);
        add(Goal.atLeast(what + ": state writes/s", 40_000, 100_000), writes / seconds);
        check(victims);
    }

    /** Looks into the tree: nobody is led by a broker that is gone. */
    private void check(Set<Integer> gone) {
        fleet.controller();
        fleet.catchUp();
        for (TopicDescription topic : fleet.await(fleet.registry().read().describe(List.of(ClusterPlan.topic(0))))
                .values()) {
            if (topic.partitions().stream().anyMatch(each -> gone.contains(each.leader()))) {
                throw new IllegalStateException("one of " + gone + " still leads: " + topic.partitions());
            }
        }
    }

    /** Whoever was killed or stopped comes back. */
    private void rejoin() {
        for (int id = 1; id <= plan.brokers(); id++) {
            if (fleet.node(id) == null) {
                fleet.join(id);
            }
        }
        BrokerNode controller = fleet.controller();
        fleet.await("brokers that are back", () -> controller.brokers() == plan.brokers() + 1);
    }

    private void delete() {
        rejoin();
        long before = fleet.transactions();
        long start = System.nanoTime();
        inFlight(topic -> fleet.registry().topics().requestDeletion(ClusterPlan.topic(topic)));
        fleet.await(
                "tree without topics",
                () -> fleet.await(fleet.registry().read().topicNames()).isEmpty());
        double weight = weight(plan.partitions(), CREATED_PARTITIONS);
        String what = "delete " + plan.topics() + " topics";
        add(Goal.atMost(what + ", s", 10 * weight, 3 * weight), seconds(start, System.nanoTime()));
        add(Goal.none(what + ": transactions"), fleet.transactions() - before);
    }

    private static double seconds(long startNanos, long endNanos) {
        return (endNanos - startNanos) / SECOND_NANOS;
    }

    private void add(Goal goal, double value) {
        card.add(goal, side, value);
        progress.printf(Locale.ROOT, "%s, %s: %.2f%n", side.label(), goal.figure(), value);
        progress.flush();
    }
}
