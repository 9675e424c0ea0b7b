package io.quorate.libraries;

import io.quorate.registry.BrokerMember;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.presence.ConflictPolicy;
import io.quorate.wire.client.CoordinatorClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with one broker without data, which stands for controller. Where it leads, replicas that are alive are in sync a
 * moment later, which it says as leaders of old protocols do. SIGTERM lets it leave; when its standard input ends, the test has, and
 * so does this.
 *
 * <p>Arguments: servers, broker id.
 */
final class BrokerProcess implements MemberListener {
    static final Duration SESSION = ConsumerProcess.SESSION;

    private static final long LEAD_MILLIS = 300;
    private static final long CALL_SECONDS = 20;
    /** The exit code of a broker whose id somebody else has. */
    private static final int REFUSED = 3;

    private final String servers;
    private final int id;
    private CoordinatorClient client;

    private BrokerProcess(String servers, int id) {
        this.servers = servers;
        this.id = id;
    }

    public static void main(String[] args) throws Exception {
        int id = Integer.parseInt(args[1]);
        BrokerProcess broker = new BrokerProcess(args[0], id);
        MemberSettings settings = MemberSettings.of(
                        id, BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 9000 + id)))
                .withConflict(ConflictPolicy.waiting(10 * SESSION.toMillis()))
                .withController(new ControllerSettings(true, false, 3_000, 1_000, 10, true));
        BrokerMember member =
                BrokerMember.join(CoordinatorClient.builder(args[0]).sessionTimeout(SESSION), settings, broker);
        Runtime.getRuntime().addShutdownHook(new Thread(member::close));
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> leading = thread.scheduleWithFixedDelay(
                () -> ConsumerProcess.orEnd(broker::lead), LEAD_MILLIS, LEAD_MILLIS, TimeUnit.MILLISECONDS);
        System.in.transferTo(System.out);
        leading.cancel(false);
        Runtime.getRuntime().halt(0);
    }

    /** Takes replicas that are alive among those in sync, wherever this broker leads. */
    private void lead() {
        try {
            if (client == null) {
                client = CoordinatorClient.builder(servers)
                        .sessionTimeout(SESSION)
                        .connect();
            }
            BrokerRegistry registry = BrokerRegistry.on(client);
            Map<String, TopicDescription> states = ask(registry.read().describeAll());
            // Read afterwards: never older than the states, which are what the writes depend on.
            Map<String, TopicDescription> topics = ask(registry.read().describeAll());
            Set<Integer> alive = ask(registry.read().brokers()).keySet();
            for (TopicDescription topic : states.values()) {
                TopicDescription later = topics.get(topic.name());
                if (later != null) {
                    lead(registry, topic, later, alive);
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            // The servers are in trouble, or the session is over: another one does it next time.
            System.out.println("broker " + id + " cannot lead now: " + e);
            client.close();
            client = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lead(BrokerRegistry registry, TopicDescription topic, TopicDescription later, Set<Integer> alive)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (PartitionDescription partition : topic.partitions()) {
            if (partition.state() == null || partition.leader() != id) {
                continue;
            }
            for (PartitionDescription now : later.partitions()) {
                if (now.id().equals(partition.id()) && now.version() == partition.version()) {
                    expand(registry, partition, now.replicas(), alive);
                }
            }
        }
    }

    private static void expand(
            BrokerRegistry registry, PartitionDescription partition, ReplicaSet replicas, Set<Integer> alive)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Integer> isr = new ArrayList<>(partition.isr());
        replicas.replicas().stream()
                .filter(replica -> alive.contains(replica) && !isr.contains(replica))
                .forEach(isr::add);
        if (isr.size() > partition.isr().size()) {
            int version = ask(registry.isr().write(partition, isr));
            if (version >= 0) {
                ask(registry.isr().announce(List.of(partition.id())));
            }
        }
    }

    private static <T> T ask(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onRegistered(long epoch) {
        System.out.println("broker " + id + " is registered with epoch " + epoch);
    }

    @Override
    public void onRefused(String reason) {
        System.out.println("broker " + id + " is refused: " + reason);
        Runtime.getRuntime().halt(REFUSED);
    }

    @Override
    public void onElected(int epoch) {
        System.out.println("broker " + id + " is controller " + epoch);
    }

    @Override
    public void onResigned() {
        System.out.println("broker " + id + " has resigned");
    }

    @Override
    public void onTrouble(String what) {
        System.out.println("broker " + id + " has trouble: " + what);
    }
}
