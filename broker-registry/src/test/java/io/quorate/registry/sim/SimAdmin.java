package io.quorate.registry.sim;

import io.quorate.registry.controller.Controller;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.placement.Placement;
import io.quorate.registry.placement.RackMode;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody who creates topics, moves partitions and asks for things, through the tree as tools do. */
final class SimAdmin {
    private static final int TOPICS = 4;

    private final long session;
    private final SimTree tree;
    private final Random random;
    private final int brokers;
    private final Map<Integer, Integer> unanswered = new HashMap<>();

    SimAdmin(long session, SimTree tree, Random random, int brokers) {
        this.session = session;
        this.tree = tree;
        this.random = random;
        this.brokers = brokers;
    }

    void step() {
        String topic = "t" + random.nextInt(TOPICS);
        if (!tree.exists(RegistryPaths.TOPICS) || !tree.exists(RegistryPaths.CONFIG + "/ips")) {
            return;
        }
        if (!tree.exists(RegistryPaths.topic(topic))) {
            create(topic);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> addPartitions(topic);
            case 1 -> write(Write.create(RegistryPaths.deletion(topic), null));
            case 2, 3 -> move(topic);
            case 4 -> write(
                    Write.create(RegistryPaths.PREFERRED_ELECTION, AdminJson.encodePartitions(partitions(topic))));
            case 5 -> notice(topic);
            default -> throw new AssertionError();
        }
    }

    private void create(String topic) {
        if (tree.exists(RegistryPaths.deletion(topic))) {
            return;
        }
        String id = random.nextInt(3) == 0 ? null : TopicIds.random(random::nextLong);
        TopicAssignment assignment = TopicAssignment.of(
                placement().topic(1 + random.nextInt(4), 1 + random.nextInt(Math.min(3, brokers)), random::nextInt),
                id);
        List<Write> writes = new ArrayList<>();
        String config = RegistryPaths.config(ConfigEntity.topic(topic));
        if (random.nextBoolean() && !tree.exists(config)) {
            writes.add(Write.create(config, ConfigJson.encode(Map.of("unclean.leader.election.enable", "true"))));
        }
        writes.add(Write.create(RegistryPaths.topic(topic), TopicJson.encode(assignment)));
        tree.write(session, writes);
    }

    private Placement placement() {
        SortedMap<Integer, String> racks = new TreeMap<>();
        for (int id = 0; id < brokers; id++) {
            racks.put(id, random.nextBoolean() ? "r" + id % 3 : null);
        }
        return Placement.over(racks, RackMode.SAFE);
    }

    private TopicAssignment assignment(String topic) {
        return TopicJson.decode(tree.node(RegistryPaths.topic(topic)).data());
    }

    private List<TopicPartition> partitions(String topic) {
        return assignment(topic).replicas().keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private void addPartitions(String topic) {
        TopicAssignment now = assignment(topic);
        if (now.isMoving() || tree.exists(RegistryPaths.deletion(topic))) {
            return;
        }
        SortedMap<Integer, List<Integer>> more = new TreeMap<>(now.replicas());
        int replicas = now.replicas(0).size();
        more.putAll(placement().from(more.size(), 1, replicas, placement().startAfter(now.replicas(0))));
        write(Write.set(
                RegistryPaths.topic(topic),
                TopicJson.encode(TopicAssignment.of(more, now.topicId())),
                tree.node(RegistryPaths.topic(topic)).version()));
    }

    /** Asks to move some partitions, or changes what was asked for; sometimes nonsense. */
    private void move(String topic) {
        SortedMap<TopicPartition, List<Integer>> targets = new TreeMap<>();
        for (TopicPartition partition : partitions(topic)) {
            List<Integer> target = new ArrayList<>();
            for (int id = 0; id < brokers; id++) {
                target.add(id);
            }
            Collections.shuffle(target, random);
            targets.put(
                    partition,
                    target.subList(0, random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(Math.min(3, brokers))));
        }
        switch (random.nextInt(20)) {
            case 0, 1 -> targets.put(new TopicPartition("nowhere", 0), List.of(1));
            case 2 -> targets.clear();
            default -> {}
        }
        SimNode there = tree.node(RegistryPaths.REASSIGN_PARTITIONS);
        byte[] body = AdminJson.encodeReassignments(targets);
        if (there == null) {
            write(Write.create(RegistryPaths.REASSIGN_PARTITIONS, body));
        } else if (random.nextInt(3) == 0) {
            write(Write.set(RegistryPaths.REASSIGN_PARTITIONS, body, there.version()));
        }
    }

    private void notice(String topic) {
        write(Write.createSequential(
                RegistryPaths.ISR_CHANGES + "/" + RegistryPaths.ISR_CHANGE_PREFIX,
                AdminJson.encodePartitions(partitions(topic))));
    }

    /** An operator throws the controller out. */
    void depose() {
        if (tree.exists(RegistryPaths.CONTROLLER)) {
            write(Write.delete(RegistryPaths.CONTROLLER, -1));
        }
    }

    /** A controller is asked through its own interface. */
    void askController(SimBroker broker, List<SimBroker> all) {
        ClusterImage image = broker.image();
        if (broker.controller() == null || image == null || image.topics().isEmpty()) {
            return;
        }
        List<TopicImage> topics = new ArrayList<>(image.topics().values());
        List<TopicPartition> partitions =
                topics.get(random.nextInt(topics.size())).partitions();
        TopicPartition partition = partitions.get(random.nextInt(partitions.size()));
        int other = random.nextInt(brokers);
        switch (random.nextInt(4)) {
            case 0 -> ask(broker.controller(), partition, null);
            case 1 -> ask(broker.controller(), partition, List.of(other));
            case 2 -> {
                if (image.brokers().containsKey(other)) {
                    long epoch = image.brokers().get(other).epoch();
                    broker.controller().stopping(other, epoch, led -> {
                        if (led != null) {
                            all.get(other).kill();
                        }
                    });
                }
            }
            case 3 -> broker.controller().electPreferred(partitions);
            default -> throw new AssertionError();
        }
    }

    private void ask(Controller controller, TopicPartition partition, List<Integer> target) {
        int epoch = controller.epoch();
        unanswered.merge(epoch, 1, Integer::sum);
        controller.move(partition, target, reason -> unanswered.merge(epoch, -1, Integer::sum));
    }

    /** How many questions the controller of this epoch has not answered. */
    int unanswered(int epoch) {
        return unanswered.getOrDefault(epoch, 0);
    }

    private void write(Write write) {
        tree.write(session, List.of(write));
    }
}
