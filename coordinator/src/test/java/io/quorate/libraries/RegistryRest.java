package io.quorate.libraries;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.sim.SimNode;
import io.quorate.registry.sim.SimTree;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a cluster of brokers comes to when all are alive and nobody asks for anything: everything is led, and nothing is left to do. */
final class RegistryRest {
    private final SimTree tree;
    private final LibraryHistory history;
    private final boolean areAllInSync;

    /** Asks the history from within {@link LibraryHistory#ask} only. */
    RegistryRest(LibraryHistory history) {
        this(history, true);
    }

    private RegistryRest(LibraryHistory history, boolean areAllInSync) {
        this.tree = history.tree();
        this.history = history;
        this.areAllInSync = areAllInSync;
    }

    /** Of a cluster with brokers that have data, for whom one without is never in sync. */
    static RegistryRest besideKafka(LibraryHistory history) {
        return new RegistryRest(history, false);
    }

    /** Why the cluster is not at rest; null if it is. */
    String problem(Set<Integer> brokers) {
        Set<Integer> registered = new TreeSet<>();
        for (String id : tree.children(RegistryPaths.BROKER_IDS)) {
            registered.add(Integer.parseInt(id));
            if (!history.isOpen(tree.node(RegistryPaths.BROKER_IDS + "/" + id).owner())) {
                throw new AssertionError("the session of broker " + id + " is over, and its node is there");
            }
        }
        if (!registered.equals(brokers)) {
            return "registered are " + registered + " instead of " + brokers;
        }
        SimNode controller = tree.node(RegistryPaths.CONTROLLER);
        if (controller == null || !history.isOpen(controller.owner())) {
            return "nobody is controller";
        }
        for (String topic : tree.children(RegistryPaths.TOPICS)) {
            String problem = problem(topic);
            if (problem != null) {
                return problem;
            }
        }
        for (String requests : List.of(RegistryPaths.DELETE_TOPICS, RegistryPaths.ISR_CHANGES)) {
            if (!tree.children(requests).isEmpty()) {
                return "N1: not done with " + requests + ": " + tree.children(requests);
            }
        }
        for (String request : List.of(RegistryPaths.REASSIGN_PARTITIONS, RegistryPaths.PREFERRED_ELECTION)) {
            if (tree.exists(request)) {
                return "not done with " + request + ": "
                        + new String(tree.node(request).data(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private String problem(String topic) {
        TopicAssignment assignment =
                TopicJson.decode(tree.node(RegistryPaths.topic(topic)).data());
        for (int number : assignment.replicas().keySet()) {
            TopicPartition partition = new TopicPartition(topic, number);
            ReplicaSet replicas = assignment.replicaSet(number);
            SimNode node = tree.node(RegistryPaths.state(partition));
            if (node == null) {
                return partition + " has no state";
            }
            PartitionState state = StateJson.decode(node.data());
            if (!state.hasLeader() || replicas.isMoving()) {
                return partition + " is " + state + " on " + replicas;
            }
            if (areAllInSync && !new HashSet<>(state.isr()).equals(new HashSet<>(replicas.replicas()))) {
                return "not in sync: " + partition + " is " + state + " on " + replicas;
            }
        }
        return null;
    }
}
