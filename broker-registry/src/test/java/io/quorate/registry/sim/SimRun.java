package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One run: trouble for a while, then calm, and then everything must be as it was asked for. */
final class SimRun implements SimCluster {
    private static final int STEPS = 120;
    private static final long ADMIN_SESSION = 1;
    private static final long CALM_MILLIS = 120_000;

    private final Random random;
    private final SimTime time = new SimTime();
    private final SimTree tree = new SimTree();
    private final Map<Long, SimSession> sessions = new HashMap<>();
    private final Set<Long> members = new HashSet<>();
    private final List<SimBroker> brokers = new ArrayList<>();
    private final Invariants invariants;
    private final SimAdmin admin;
    private final int standbys;
    private long nextSession = 100;
    private boolean isCalm;

    SimRun(long seed) {
        random = new Random(seed);
        invariants = new Invariants(tree, members::contains, this::isAlive);
        standbys = random.nextBoolean() ? MemberSettings.STANDBYS_DEFAULT : random.nextInt(2);
        int count = 2 + random.nextInt(4);
        for (int id = 0; id < count; id++) {
            brokers.add(new SimBroker(id, this, time, random));
        }
        admin = new SimAdmin(ADMIN_SESSION, tree, random, count);
    }

    @Override
    public SimSession open(SimBroker broker) {
        SimSession session = new SimSession(nextSession++, tree, time, random, broker);
        sessions.put(session.session(), session);
        members.add(session.session());
        return session;
    }

    @Override
    public void abandon(SimSession session) {
        time.after(random.nextInt((int) SimSession.TIMEOUT_MILLIS), session::expire);
    }

    @Override
    public ReplicaSet replicas(TopicPartition partition) {
        SimNode topic = tree.node(RegistryPaths.topic(partition.topic()));
        return topic == null ? null : TopicJson.decode(topic.data()).replicaSet(partition.partition());
    }

    /**
     * What a leader writes arrives at once, if it was not told to delete its replica: in a cluster the order to stop comes before
     * the topic goes, and only the version of the state stands between leader and controller.
     */
    @Override
    public void writeAsLeader(SimSession session, TopicImage topic, Write write) {
        SimNode now = tree.node(RegistryPaths.topic(topic.name()));
        boolean isOurs = now != null && now.czxid() == topic.czxid() && !invariants.isBeingDeleted(topic.name());
        if (isOurs && !session.isOver()) {
            tree.write(session.session(), List.of(write));
        }
    }

    @Override
    public int standbys() {
        return standbys;
    }

    @Override
    public ClusterImage imageOfController() {
        return brokers.stream()
                .filter(broker -> broker.controller() != null)
                .map(SimBroker::image)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean isCalm() {
        return isCalm;
    }

    private boolean isAlive(long session) {
        SimSession known = sessions.get(session);
        return known != null && !known.isOver();
    }

    void run() {
        brokers.forEach(SimBroker::start);
        for (int i = 0; i < STEPS; i++) {
            trouble(brokers.get(random.nextInt(brokers.size())));
            time.runUntil(time.nowMillis() + random.nextInt(400));
        }
        calm();
        check();
    }

    private void trouble(SimBroker broker) {
        switch (random.nextInt(14)) {
            case 0 -> broker.kill();
            case 1, 2 -> broker.start();
            case 3 -> cut(broker);
            case 4 -> pause(broker);
            case 5 -> {
                if (random.nextInt(3) == 0) {
                    admin.depose();
                }
            }
            case 6, 7, 8 -> admin.step();
            case 9 -> brokers.forEach(each -> admin.askController(each, brokers));
            default -> broker.lead(false);
        }
    }

    private void cut(SimBroker broker) {
        SimSession session = broker.session();
        if (broker.isUp() && session != null) {
            session.cut();
            long away = random.nextInt((int) SimSession.TIMEOUT_MILLIS * 2);
            if (away > SimSession.TIMEOUT_MILLIS) {
                time.after(SimSession.TIMEOUT_MILLIS, session::expire);
            }
            time.after(away, session::reconnect);
        }
    }

    /** The process stands still; if for too long, its session is over before it moves again. */
    private void pause(SimBroker broker) {
        SimSession session = broker.session();
        if (broker.isUp() && session != null && session.isConnected()) {
            long still = random.nextInt((int) SimSession.TIMEOUT_MILLIS * 2);
            session.pause(still);
            if (still > SimSession.TIMEOUT_MILLIS) {
                time.after(SimSession.TIMEOUT_MILLIS, session::expire);
            }
        }
    }

    private void calm() {
        isCalm = true;
        long end = time.nowMillis() + CALM_MILLIS;
        while (time.nowMillis() < end) {
            brokers.forEach(SimBroker::start);
            brokers.forEach(broker -> broker.lead(true));
            time.runUntil(time.nowMillis() + 500);
        }
    }

    private void check() {
        assertThat(invariants.checked()).isPositive();
        assertThat(tree.children(RegistryPaths.BROKER_IDS)).hasSize(brokers.size());
        assertThat(brokers.stream().filter(broker -> broker.controller() != null))
                .as("controllers")
                .hasSize(1);
        brokers.stream().filter(broker -> broker.controller() != null).forEach(broker -> assertThat(
                        admin.unanswered(broker.controller().epoch()))
                .as("questions without an answer")
                .isZero());
        assertThat(tree.children(RegistryPaths.DELETE_TOPICS)).as("deletions").isEmpty();
        assertThat(tree.children(RegistryPaths.ISR_CHANGES)).as("N1").isEmpty();
        assertThat(tree.exists(RegistryPaths.REASSIGN_PARTITIONS))
                .as("reassignments are done")
                .isFalse();
        assertThat(tree.exists(RegistryPaths.PREFERRED_ELECTION))
                .as("elections are done")
                .isFalse();
        for (String topic : tree.children(RegistryPaths.TOPICS)) {
            TopicAssignment assignment =
                    TopicJson.decode(tree.node(RegistryPaths.topic(topic)).data());
            assertThat(assignment.isMoving())
                    .as("%s has arrived: %s", topic, assignment)
                    .isFalse();
            assertThat(TopicIds.isValid(assignment.topicId()))
                    .as("%s has an id", topic)
                    .isTrue();
            assignment
                    .replicas()
                    .forEach((partition, replicas) -> settled(new TopicPartition(topic, partition), replicas));
        }
        brokers.forEach(broker -> assertThat(broker.image().brokers()).hasSize(brokers.size()));
        if (!tree.children(RegistryPaths.TOPICS).isEmpty()) {
            assertThat(brokers.stream().filter(SimBroker::isReady))
                    .as("brokers that can take over without reading")
                    .hasSizeGreaterThanOrEqualTo(Math.min(brokers.size(), standbys + 1));
        }
    }

    private void settled(TopicPartition partition, List<Integer> replicas) {
        SimNode node = tree.node(RegistryPaths.state(partition));
        assertThat(node).as("%s has a state", partition).isNotNull();
        PartitionState state = StateJson.decode(node.data());
        assertThat(state.leader())
                .as("%s is led by its first replica: %s", partition, state)
                .isEqualTo(replicas.get(0));
        assertThat(state.isr()).as("%s is in sync", partition).containsExactlyInAnyOrderElementsOf(replicas);
        brokers.stream().filter(SimBroker::isReady).forEach(broker -> assertThat(
                        broker.image().state(partition).state())
                .as("broker %d knows %s", broker.id(), partition)
                .isEqualTo(state));
    }
}
