package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.Controller;
import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.member.Membership;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One broker that becomes controller of a small cluster whose other brokers are nothing but registrations: for stories that are
 * told step by step. Everything is kept that its host is told.
 */
final class SimOffice implements SimSession.Owner {
    static final int CONTROLLER = 1;
    private static final long ADMIN = 1;
    private static final long OTHERS = 10;
    private static final long STEP_MILLIS = 10;
    private static final long LIMIT_MILLIS = 600_000;

    final SimTree tree = new SimTree();
    final SimTime time = new SimTime();
    final List<String> told = new ArrayList<>();
    final List<String> trouble = new ArrayList<>();
    final List<PartitionDescription> decided = new ArrayList<>();

    /** What the brokers do when replicas are to be deleted. */
    Consumer<Consumer<Boolean>> deletion = done -> done.accept(true);

    /** What the host does about each decision, after it was noted. */
    Consumer<PartitionDescription> onDecided = partition -> {};

    /** Whether its controller may delete topics at all; to be said before it starts. */
    boolean isDeletionAllowed = true;

    boolean givesTopicIds = true;

    SimSession session;
    Membership membership;
    private final Random random = new Random(1);
    private final Map<Integer, Long> lives = new TreeMap<>();
    private long nextSession = 100;

    /** Brokers 1 to {@code brokers}, the first of which is to be controller. */
    SimOffice(int brokers) {
        RegistryPaths.STRUCTURE.forEach(path -> admin(Write.create(path, null)));
        for (int id = CONTROLLER + 1; id <= brokers; id++) {
            up(id);
        }
    }

    /** Somebody else changes the tree, at once. */
    WriteReply admin(Write... writes) {
        return tree.write(ADMIN, List.of(writes));
    }

    /** Another broker comes. */
    void up(int id) {
        long owner = OTHERS * 1_000 + lives.merge(id, 1L, Long::sum) * OTHERS + id;
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "h" + id, 9092));
        tree.write(owner, List.of(Write.createEphemeral(RegistryPaths.broker(id), BrokerJson.encode(info, 1))));
    }

    /** Another broker goes. */
    void down(int id) {
        admin(Write.delete(RegistryPaths.broker(id), -1));
    }

    void topic(String name, List<List<Integer>> replicas) {
        SortedMap<Integer, List<Integer>> partitions = new TreeMap<>();
        replicas.forEach(each -> partitions.put(partitions.size(), each));
        admin(Write.create(
                RegistryPaths.topic(name), TopicJson.encode(TopicAssignment.of(partitions, "vmqmW3-YTWWIWtOSqf0MDQ"))));
    }

    /** A topic says something about unclean leaders, and everybody is told. */
    void unclean(String topic, boolean isAllowed) {
        String path = RegistryPaths.config(ConfigEntity.topic(topic));
        byte[] body = ConfigJson.encode(Map.of("unclean.leader.election.enable", Boolean.toString(isAllowed)));
        admin(tree.exists(path) ? Write.set(path, body, -1) : Write.create(path, body));
        admin(Write.createSequential(RegistryPaths.CONFIG_CHANGES + "/config_change_", ConfigJson.encode(Map.of())));
    }

    /** The broker starts and becomes controller. */
    SimOffice elected() {
        started();
        until(() -> controller() != null);
        settle();
        return this;
    }

    void started() {
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "h1", 9092));
        MemberSettings settings = MemberSettings.of(CONTROLLER, info)
                .withController(new ControllerSettings(isDeletionAllowed, false, 0, 0, 10, givesTopicIds));
        membership = new Membership(settings, new Host(), time, random::nextLong, this::openSession);
        membership.start();
    }

    private void openSession() {
        time.after(1, () -> {
            session = new SimSession(nextSession++, tree, time, random, this);
            membership.onSession(session);
        });
    }

    Controller controller() {
        return membership.controller();
    }

    /** Lets time go by until there is nothing left to do. */
    void settle() {
        run(100);
        until(() -> controller() != null && controller().isIdle());
    }

    void run(long millis) {
        time.runUntil(time.nowMillis() + millis);
    }

    /** Lets time go by until this is so. */
    void until(BooleanSupplier isSo) {
        long end = time.nowMillis() + LIMIT_MILLIS;
        while (!isSo.getAsBoolean()) {
            assertThat(time.nowMillis())
                    .as("it has come to that; told: %s, trouble: %s", told, trouble)
                    .isLessThan(end);
            run(STEP_MILLIS);
        }
    }

    PartitionState state(TopicPartition partition) {
        return StateJson.decode(tree.node(RegistryPaths.state(partition)).data());
    }

    int version(TopicPartition partition) {
        return tree.node(RegistryPaths.state(partition)).version();
    }

    TopicAssignment assignment(String topic) {
        return TopicJson.decode(tree.node(RegistryPaths.topic(topic)).data());
    }

    long epoch(int broker) {
        return tree.node(RegistryPaths.broker(broker)).czxid();
    }

    /** The server ends the controller's session, and another one begins. */
    void expire() {
        session.cut();
        session.expire();
        session.reconnect();
    }

    @Override
    public void onConnected() {
        membership.onConnected();
    }

    @Override
    public void onDisconnected() {
        membership.onDisconnected(SimSession.TIMEOUT_MILLIS);
    }

    @Override
    public void onExpired() {
        membership.onExpired();
    }

    private final class Host implements MemberListener {
        @Override
        public void onElected(int epoch) {
            told.add("elected " + epoch);
        }

        @Override
        public void onResigned() {
            told.add("resigned");
        }

        @Override
        public void onTopic(String name) {
            told.add("topic " + name);
        }

        @Override
        public void onPartition(TopicPartition partition) {
            told.add("partition " + partition);
        }

        @Override
        public void onDecided(PartitionDescription partition) {
            decided.add(partition);
            onDecided.accept(partition);
        }

        @Override
        public void deleteReplicas(TopicPartition partition, List<Integer> brokers, Consumer<Boolean> done) {
            deletion.accept(done);
        }

        @Override
        public void onDirectoryFailed(int broker) {
            told.add("directory " + broker);
        }

        @Override
        public void onTrouble(String what) {
            trouble.add(what);
        }
    }
}
