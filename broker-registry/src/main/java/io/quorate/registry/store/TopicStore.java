package io.quorate.registry.store;

import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicNames;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.placement.Placement;
import io.quorate.registry.placement.RackMode;
import io.quorate.registry.tree.Read;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.WriteOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Creates topics and asks the controller, whoever that is, for what only it does (registry spec 1.5, 6, 9, 10). Any thread.
 *
 * <p>Futures fail with {@link IllegalArgumentException} for what cannot be, with {@link IllegalStateException} for what cannot be
 * now, and else with what the client failed with.
 */
public final class TopicStore {
    private static final int CONFLICTS_MAX = 10;

    private final CoordinatorClient client;
    private final PipelinedReads reads;
    private final TreeReader reader;
    private final AclPolicy acls;

    public TopicStore(CoordinatorClient client, PipelinedReads reads, TreeReader reader, AclPolicy acls) {
        this.client = client;
        this.reads = reads;
        this.reader = reader;
        this.acls = acls;
    }

    /**
     * Creates a topic whose replicas are placed on the brokers that are registered.
     *
     * @param config overrides; empty for none
     * @return the assignment, with the topic's id; the controller gives the partitions their leaders after that
     */
    public CompletableFuture<TopicAssignment> create(
            String topic, int partitions, int replicas, RackMode racks, Map<String, String> config) {
        return placement(racks)
                .thenCompose(placement -> create(
                        topic,
                        placement.topic(partitions, replicas, bound -> ThreadLocalRandom.current()
                                .nextInt(bound)),
                        config));
    }

    /**
     * Creates a topic with these replicas: configuration and topic in one transaction.
     *
     * @param replicas of partitions 0 to n - 1, as many of each
     */
    public CompletableFuture<TopicAssignment> create(
            String topic, SortedMap<Integer, List<Integer>> replicas, Map<String, String> config) {
        String objection = TopicNames.objection(topic);
        return objection != null
                ? failed(new IllegalArgumentException(objection))
                : retried(() -> attempt(topic, replicas, config));
    }

    private CompletableFuture<TopicAssignment> attempt(
            String topic, SortedMap<Integer, List<Integer>> replicas, Map<String, String> config) {
        return reader.topicNames()
                .thenCombine(reader.pendingDeletions(), (names, deletions) -> {
                    check(topic, names, deletions);
                    checkReplicas(replicas, 0);
                    return TopicAssignment.of(replicas, TopicIds.random(ThreadLocalRandom.current()::nextLong));
                })
                .thenCompose(assignment -> write(topic, assignment, config));
    }

    private static void check(String topic, Collection<String> names, Collection<String> deletions) {
        String collision = TopicNames.collision(topic, names);
        if (collision != null) {
            throw new IllegalArgumentException("topic " + topic + " looks like " + collision + " in metrics");
        }
        if (names.contains(topic)) {
            throw new IllegalStateException("topic " + topic + " exists");
        }
        if (deletions.contains(topic)) {
            throw new IllegalStateException("topic " + topic + " is being deleted");
        }
    }

    private static void checkReplicas(SortedMap<Integer, List<Integer>> replicas, int first) {
        int next = first;
        for (Map.Entry<Integer, List<Integer>> partition : replicas.entrySet()) {
            List<Integer> brokers = partition.getValue();
            if (partition.getKey() != next++) {
                throw new IllegalArgumentException("partitions are not numbered without a gap: " + replicas.keySet());
            }
            if (brokers.isEmpty()
                    || brokers.size() != replicas.get(replicas.firstKey()).size()
                    || new HashSet<>(brokers).size() < brokers.size()
                    || brokers.stream().anyMatch(broker -> broker < 0)) {
                throw new IllegalArgumentException("partition " + partition.getKey() + " cannot be on " + brokers);
            }
        }
        if (next == first) {
            throw new IllegalArgumentException("no partitions");
        }
    }

    private CompletableFuture<TopicAssignment> write(
            String topic, TopicAssignment assignment, Map<String, String> config) {
        String configPath = RegistryPaths.config(ConfigEntity.topic(topic));
        return reads.read(List.of(Read.data(configPath), MigrationGuard.read()))
                .thenCompose(nodes -> {
                    List<WriteOp> ops = new ArrayList<>(MigrationGuard.checks(nodes.get(1)));
                    if (nodes.get(0).exists()) {
                        // An orphan of somebody who died between two steps.
                        ops.add(WriteOp.setData(configPath, ConfigJson.encode(config), -1));
                    } else if (!config.isEmpty()) {
                        ops.add(create(configPath, ConfigJson.encode(config)));
                    }
                    ops.add(create(RegistryPaths.topic(topic), TopicJson.encode(assignment)));
                    return client.multi(ops);
                })
                .thenApply(done -> assignment);
    }

    private WriteOp create(String path, byte[] data) {
        return WriteOp.create(path, data, acls.forNode(path), CreateMode.PERSISTENT);
    }

    /**
     * Adds partitions to a topic, placed as its first ones were; only if nobody else has changed it meanwhile, else the same is
     * tried again with what that left.
     *
     * @param count how many it is to have in the end
     */
    public CompletableFuture<TopicAssignment> addPartitions(String topic, int count, RackMode racks) {
        return placement(racks)
                .thenCompose(placement -> retried(() -> describe(topic).thenCompose(now -> {
                    TopicAssignment then = more(now, count, placement);
                    return client.setData(RegistryPaths.topic(topic), TopicJson.encode(then), now.version())
                            .thenApply(done -> then);
                })));
    }

    static TopicAssignment more(TopicDescription now, int count, Placement placement) {
        SortedMap<Integer, List<Integer>> replicas =
                new TreeMap<>(now.assignment().replicas());
        int has = replicas.size();
        if (now.isDeletionRequested()) {
            throw new IllegalStateException("topic " + now.name() + " is being deleted");
        }
        if (now.assignment().isMoving()) {
            throw new IllegalStateException("topic " + now.name() + " is on the move");
        }
        // What is there is not to be placed anew.
        if (replicas.keySet().stream().anyMatch(partition -> partition < 0 || partition >= has)) {
            throw new IllegalStateException("topic " + now.name() + " has a gap between its partitions");
        }
        if (count <= has) {
            throw new IllegalArgumentException("topic " + now.name() + " has " + has + " partitions already");
        }
        List<Integer> first = now.assignment().replicas(0);
        replicas.putAll(placement.from(has, count - has, first.size(), placement.startAfter(first)));
        return TopicAssignment.of(replicas, now.topicId());
    }

    /** Asks for a topic to be deleted; done when the controller has taken request and topic away. */
    public CompletableFuture<Void> requestDeletion(String topic) {
        return describe(topic)
                .thenCompose(found -> Failures.unlessExists(request(RegistryPaths.deletion(topic), null)));
    }

    /**
     * Asks for partitions to be moved; one such request can be open at a time.
     *
     * @param targets all replicas that each is to have, the one that should lead first
     */
    public CompletableFuture<Void> requestReassignment(SortedMap<TopicPartition, List<Integer>> targets) {
        return exclusive(RegistryPaths.REASSIGN_PARTITIONS, AdminJson.encodeReassignments(targets));
    }

    /** Asks for the first replicas of these to lead; one such request can be open at a time. */
    public CompletableFuture<Void> requestPreferredElection(SortedSet<TopicPartition> partitions) {
        return exclusive(RegistryPaths.PREFERRED_ELECTION, AdminJson.encodePartitions(partitions));
    }

    private CompletableFuture<Void> exclusive(String path, byte[] body) {
        return request(path, body).exceptionallyCompose(failure -> {
            boolean isOpen = Failures.cause(failure) instanceof CoordinatorException.NodeExists;
            return failed(isOpen ? new IllegalStateException("another request is open: " + path) : failure);
        });
    }

    private CompletableFuture<Void> request(String path, byte[] body) {
        return client.create(path, body, acls.forNode(path), CreateMode.PERSISTENT)
                .thenApply(created -> null);
    }

    private CompletableFuture<Placement> placement(RackMode mode) {
        return reader.brokers().thenApply(brokers -> {
            SortedMap<Integer, String> racks = new TreeMap<>();
            brokers.forEach((id, broker) -> racks.put(id, broker.info().rack()));
            return Placement.over(racks, mode);
        });
    }

    private CompletableFuture<TopicDescription> describe(String topic) {
        return reader.describe(List.of(topic)).thenApply(found -> {
            if (!found.containsKey(topic)) {
                throw new IllegalArgumentException("no topic " + topic);
            }
            return found.get(topic);
        });
    }

    private static <T> CompletableFuture<T> retried(Supplier<CompletableFuture<T>> attempt) {
        return Failures.retriedOnConflict(attempt, CONFLICTS_MAX);
    }

    private static <T> CompletableFuture<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }
}
