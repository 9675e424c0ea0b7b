package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicNames;
import io.quorate.registry.placement.Placement;
import io.quorate.registry.placement.RackMode;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.WriteOp;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate topics create}: writes configuration and topic in one transaction (broker-registry 6.1 and 13.5). */
@Command(
        name = "create",
        description = {
            "Create a topic. Replicas are placed as Kafka places them, over racks if all brokers have one.",
            "The controller then elects the leaders.",
            "",
            "Examples:",
            "  quorate topics create orders --partitions 12 --replication-factor 3",
            "  quorate topics create audit --replica-assignment 1:2,2:3 --config retention.ms=86400000"
        },
        mixinStandardHelpOptions = true)
final class TopicsCreateCommand implements Callable<Integer> {

    /** More of them make a body that no server takes, unless it was told to. */
    private static final int PARTITIONS_MAX = 200_000;

    @Mixin
    private Access access;

    @Mixin
    private TopicName topic;

    @Mixin
    private NewNodes nodes;

    @Option(names = "--partitions", paramLabel = "N", description = "Default: 1.")
    private Integer partitions;

    @Option(names = "--replication-factor", paramLabel = "N", description = "Default: 1.")
    private Integer replicas;

    @Option(
            names = "--replica-assignment",
            paramLabel = "LIST",
            description = "Brokers of each partition, such as 1:2,2:3 for two partitions with two replicas each.")
    private String assignment;

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "A config of this topic. May be repeated.")
    private Map<String, String> config = new LinkedHashMap<>();

    @Option(names = "--if-not-exists", description = "Do nothing if there is such a topic.")
    private boolean ifNotExists;

    private String name;

    @Override
    public Integer call() throws AdminException {
        name = topic.required();
        if (assignment != null && (partitions != null || replicas != null)) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "--replica-assignment says it all: it goes neither with --partitions nor with --replication-factor");
        }
        String objection = NumericConfigs.objection(config);
        if (objection != null) {
            throw new AdminException(AdminExit.FAILED, "--config " + objection);
        }
        return access.run(this::create);
    }

    private Answer create(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        SortedSet<String> existing = link.await(reader.topicNames());
        if (existing.contains(name)) {
            return exists();
        }
        requireGoodName(existing);
        SortedMap<Integer, String> racks = new TreeMap<>();
        link.await(reader.brokers())
                .forEach((id, broker) -> racks.put(id, broker.info().rack()));
        TopicAssignment placed = TopicAssignment.of(
                assignment == null ? placed(racks) : given(), TopicIds.random(new SecureRandom()::nextLong));
        List<WriteOp> ops = new ArrayList<>();
        if (!config.isEmpty()) {
            String path = RegistryPaths.config(ConfigEntity.topic(name));
            byte[] body = ConfigJson.encode(config);
            ops.add(link.sync().exists(path).exists() ? WriteOp.setData(path, body, -1) : nodes.create(path, body));
        }
        ops.add(nodes.create(RegistryPaths.topic(name), TopicJson.encode(placed)));
        return write(link, ops);
    }

    private Answer write(Link link, List<WriteOp> ops) throws AdminException {
        try {
            link.sync().multi(ops);
            return new TopicChange(name, "Created topic " + name + ".", true);
        } catch (CoordinatorException.MultiFailed e) {
            return switch (e.error()) {
                case NODE_EXISTS -> exists();
                case NO_NODE -> throw new AdminException(
                        AdminExit.NOT_FOUND,
                        "the nodes that hold topics do not exist, so no broker ever ran here; start one first",
                        e);
                default -> throw e;
            };
        }
    }

    private Answer exists() throws AdminException {
        if (ifNotExists) {
            return new TopicChange(name, "Topic " + name + " exists already.", false);
        }
        throw new AdminException(
                AdminExit.CONFLICT, "topic " + name + " exists already; see it: quorate topics describe " + name);
    }

    private void requireGoodName(SortedSet<String> existing) throws AdminException {
        String objection = TopicNames.objection(name);
        if (objection != null) {
            throw new AdminException(AdminExit.FAILED, "'" + name + "' is no name for a topic: " + objection);
        }
        String collision = TopicNames.collision(name, existing);
        if (collision != null) {
            throw new AdminException(
                    AdminExit.CONFLICT,
                    "topic " + name + " collides with " + collision
                            + ", because metrics take '.' for '_'; choose another" + " name");
        }
    }

    private SortedMap<Integer, List<Integer>> placed(SortedMap<Integer, String> racks) throws AdminException {
        int wanted = partitions == null ? 1 : partitions;
        int copies = replicas == null ? 1 : replicas;
        if (wanted < 1 || copies < 1) {
            throw new AdminException(AdminExit.FAILED, "--partitions and --replication-factor are numbers from 1 on");
        }
        if (wanted > PARTITIONS_MAX) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "--partitions " + wanted + ": a topic is one node, which holds " + PARTITIONS_MAX + " at most");
        }
        if (copies > racks.size()) {
            throw new AdminException(
                    AdminExit.CONFLICT,
                    "a replication factor of " + copies + " needs so many brokers, and " + racks.size()
                            + " are registered; see them: quorate brokers list");
        }
        return Placement.over(racks, RackMode.SAFE).topic(wanted, copies, new SecureRandom()::nextInt);
    }

    private SortedMap<Integer, List<Integer>> given() throws AdminException {
        SortedMap<Integer, List<Integer>> given = new TreeMap<>();
        try {
            for (String partition : assignment.split(",", -1)) {
                List<Integer> ids = new ArrayList<>();
                for (String id : partition.split(":", -1)) {
                    ids.add(Integer.parseInt(id.strip()));
                }
                given.put(given.size(), ids);
            }
        } catch (NumberFormatException e) {
            throw new AdminException(
                    AdminExit.FAILED, "--replica-assignment " + assignment + " is no list such as 1:2,2:3", e);
        }
        boolean isUneven = given.values().stream()
                .anyMatch(ids -> ids.size() != given.get(0).size());
        boolean repeats =
                given.values().stream().anyMatch(ids -> ids.stream().distinct().count() != ids.size());
        if (isUneven || repeats) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "--replica-assignment " + assignment + ": every partition needs equally many, different brokers");
        }
        return given;
    }
}
