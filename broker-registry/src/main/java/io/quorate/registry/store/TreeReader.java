package io.quorate.registry.store;

import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.ClusterJson;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the tree says about brokers, topics and the controller, as it is now. Any thread. */
public final class TreeReader {
    private static final Logger LOG = LoggerFactory.getLogger(TreeReader.class);

    private final PipelinedReads reads;

    public TreeReader(PipelinedReads reads) {
        this.reads = reads;
    }

    /** All registered brokers, by id. */
    public CompletableFuture<SortedMap<Integer, Broker>> brokers() {
        return children(RegistryPaths.BROKER_IDS, RegistryPaths::broker).thenApply(nodes -> {
            SortedMap<Integer, Broker> brokers = new TreeMap<>();
            nodes.stream()
                    .map(TreeReader::broker)
                    .filter(Objects::nonNull)
                    .forEach(each -> brokers.put(each.id(), each));
            return brokers;
        });
    }

    /** A broker, or null if it is not registered. */
    public CompletableFuture<Broker> broker(int id) {
        return one(RegistryPaths.broker(id)).thenApply(TreeReader::broker);
    }

    /** Who is controller, or null. */
    public CompletableFuture<ControllerInfo> controller() {
        return one(RegistryPaths.CONTROLLER).thenApply(node -> decode(node, ControllerJson::decode));
    }

    /** How many controllers were elected so far; 0 if none ever was. */
    public CompletableFuture<Integer> controllerEpoch() {
        return one(RegistryPaths.CONTROLLER_EPOCH)
                .thenApply(node -> node.exists() ? decode(node, ControllerJson::decodeEpoch) : 0);
    }

    /** The id of the cluster; null before the first broker started. */
    public CompletableFuture<String> clusterId() {
        return one(RegistryPaths.CLUSTER_ID).thenApply(node -> decode(node, ClusterJson::decodeId));
    }

    /** The features of the cluster, or null if there is no such node. */
    public CompletableFuture<ClusterJson.Features> features() {
        return one(RegistryPaths.FEATURE).thenApply(node -> decode(node, ClusterJson::decodeFeatures));
    }

    /** Names of all topics. */
    public CompletableFuture<SortedSet<String>> topicNames() {
        return names(RegistryPaths.TOPICS);
    }

    /** Names of the topics that somebody wants deleted. */
    public CompletableFuture<SortedSet<String>> pendingDeletions() {
        return names(RegistryPaths.DELETE_TOPICS);
    }

    /** Where the reassignment that an administrator has asked for is to move partitions; none if nothing is pending. */
    public CompletableFuture<SortedMap<TopicPartition, List<Integer>>> requestedReassignments() {
        return one(RegistryPaths.REASSIGN_PARTITIONS)
                .thenApply(node -> orElse(decode(node, AdminJson::decodeReassignments), Collections.emptySortedMap()));
    }

    /** The partitions for which an administrator has asked that their preferred replicas lead. */
    public CompletableFuture<SortedSet<TopicPartition>> requestedElections() {
        return one(RegistryPaths.PREFERRED_ELECTION)
                .thenApply(node -> orElse(decode(node, AdminJson::decodePartitions), Collections.emptySortedSet()));
    }

    /** The configuration of something; empty if it has none. */
    public CompletableFuture<SortedMap<String, String>> config(ConfigEntity entity) {
        return one(RegistryPaths.config(entity))
                .thenApply(node -> orElse(decode(node, ConfigJson::decode), Collections.emptySortedMap()));
    }

    /** The configurations of these topics, by name; empty for a topic that has none. */
    public CompletableFuture<SortedMap<String, SortedMap<String, String>>> topicConfigs(Collection<String> topics) {
        List<String> names = List.copyOf(topics);
        List<String> paths = names.stream()
                .map(name -> RegistryPaths.config(ConfigEntity.topic(name)))
                .toList();
        return reads.read(Read.data(paths)).thenApply(nodes -> {
            SortedMap<String, SortedMap<String, String>> configs = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                configs.put(
                        names.get(i), orElse(decode(nodes.get(i), ConfigJson::decode), Collections.emptySortedMap()));
            }
            return configs;
        });
    }

    /** What is known about these topics, by name; those that do not exist are left out. */
    public CompletableFuture<SortedMap<String, TopicDescription>> describe(Collection<String> topics) {
        List<String> paths = topics.stream().map(RegistryPaths::topic).toList();
        return pendingDeletions()
                .thenCombine(reads.read(Read.data(paths)), (deletions, nodes) -> nodes.stream()
                        .map(node -> StoredTopic.of(node, deletions))
                        .filter(Objects::nonNull)
                        .toList())
                .thenCompose(this::withStates);
    }

    /** What is known about all topics, by name. */
    public CompletableFuture<SortedMap<String, TopicDescription>> describeAll() {
        return topicNames().thenCompose(this::describe);
    }

    private CompletableFuture<SortedMap<String, TopicDescription>> withStates(List<StoredTopic> topics) {
        List<String> paths = new ArrayList<>();
        topics.forEach(topic -> topic.partitions().forEach(partition -> paths.add(RegistryPaths.state(partition))));
        return reads.read(Read.data(paths)).thenApply(nodes -> {
            SortedMap<String, TopicDescription> described = new TreeMap<>();
            int from = 0;
            for (StoredTopic topic : topics) {
                int to = from + topic.partitions().size();
                described.put(topic.name(), topic.describe(nodes.subList(from, to)));
                from = to;
            }
            return described;
        });
    }

    private CompletableFuture<Node> one(String path) {
        return reads.read(List.of(Read.data(path))).thenApply(nodes -> nodes.get(0));
    }

    private CompletableFuture<SortedSet<String>> names(String parent) {
        return reads.read(List.of(Read.children(parent)))
                .thenApply(nodes -> new TreeSet<>(nodes.get(0).children()));
    }

    private CompletableFuture<List<Node>> children(String parent, Function<Integer, String> path) {
        return names(parent)
                .thenCompose(names -> reads.read(names.stream()
                        .map(name -> RegistryPaths.brokerOf(parent + "/" + name))
                        .filter(id -> id >= 0)
                        .map(path)
                        .map(Read::data)
                        .toList()));
    }

    private static Broker broker(Node node) {
        BrokerJson.Body body = decode(node, BrokerJson::decode);
        return body == null
                ? null
                : new Broker(
                        RegistryPaths.brokerOf(node.path()),
                        node.stat().czxid(),
                        body.info(),
                        body.timestampMillis(),
                        node.stat().ephemeralOwner());
    }

    /** Null for a node that is missing, and for one that nobody can read: it must not hide all the others. */
    private static <T> T decode(Node node, Function<byte[], T> decoder) {
        if (!node.exists()) {
            return null;
        }
        try {
            return decoder.apply(node.data());
        } catch (MalformedBodyException e) {
            LOG.warn("{} cannot be read: {}", node.path(), e.getMessage());
            return null;
        }
    }

    private static <T> T orElse(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private record StoredTopic(String name, TopicAssignment assignment, int version, boolean isDeletionRequested) {
        static StoredTopic of(Node node, SortedSet<String> deletions) {
            TopicAssignment assignment = decode(node, TopicJson::decode);
            String name = RegistryPaths.topicOf(node.path());
            return assignment == null
                    ? null
                    : new StoredTopic(name, assignment, node.version(), deletions.contains(name));
        }

        List<TopicPartition> partitions() {
            return assignment.replicas().keySet().stream()
                    .map(partition -> new TopicPartition(name, partition))
                    .toList();
        }

        TopicDescription describe(List<Node> states) {
            List<PartitionDescription> described = new ArrayList<>();
            List<TopicPartition> partitions = partitions();
            for (int i = 0; i < states.size(); i++) {
                PartitionState state = decode(states.get(i), StateJson::decode);
                TopicPartition partition = partitions.get(i);
                described.add(new PartitionDescription(
                        partition,
                        assignment.replicaSet(partition.partition()),
                        state,
                        state == null ? -1 : states.get(i).version()));
            }
            return new TopicDescription(name, assignment, version, described, isDeletionRequested);
        }
    }
}
