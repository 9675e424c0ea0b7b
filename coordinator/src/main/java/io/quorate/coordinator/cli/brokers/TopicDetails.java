package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicDescription;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * One topic as {@code topics describe} shows it, in the lines of Kafka's tool (consumer-groups G2). Pure.
 *
 * @param partitions those that were picked
 */
record TopicDetails(TopicDescription topic, SortedMap<String, String> config, List<PartitionDescription> partitions) {

    private static final String NO_ELR = "\tElr: N/A\tLastKnownElr: N/A";

    String line() {
        String id = topic.topicId() == null ? "" : "\tTopicId: " + topic.topicId();
        String configs = config.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
        return "Topic: " + topic.name() + id + "\tPartitionCount: "
                + topic.partitions().size() + "\tReplicationFactor: " + replicationFactor() + "\tConfigs: " + configs
                + deletion();
    }

    private int replicationFactor() {
        return topic.partitions().isEmpty()
                ? 0
                : topic.partitions().get(0).replicas().origin().size();
    }

    private String deletion() {
        return topic.isDeletionRequested() ? "\tMarkedForDeletion: true" : "";
    }

    String line(PartitionDescription partition) {
        boolean hasLeader = partition.leader() != PartitionState.NO_LEADER;
        String moving = partition.replicas().isMoving()
                ? "\tAdding Replicas: " + Texts.ids(partition.replicas().adding()) + "\tRemoving Replicas: "
                        + Texts.ids(partition.replicas().removing())
                : "";
        return "\tTopic: " + topic.name() + "\tPartition: " + partition.id().partition() + "\tLeader: "
                + (hasLeader ? partition.leader() : "none") + "\tReplicas: "
                + Texts.ids(partition.replicas().replicas()) + "\tIsr: " + Texts.ids(partition.isr()) + moving + NO_ELR
                + deletion();
    }

    void json(ObjectNode object) {
        object.put("name", topic.name())
                .put("topic_id", topic.topicId())
                .put("partition_count", topic.partitions().size())
                .put("replication_factor", replicationFactor())
                .put("marked_for_deletion", topic.isDeletionRequested());
        ObjectNode configs = object.putObject("configs");
        config.forEach(configs::put);
        Json.objects(object, "partitions", partitions, TopicDetails::json);
    }

    /** One partition, for all commands that show any. */
    static void json(PartitionDescription partition, ObjectNode object) {
        PartitionState state = partition.state();
        object.put("partition", partition.id().partition())
                .put("leader", partition.leader() == PartitionState.NO_LEADER ? null : partition.leader())
                .put("leader_epoch", state == null ? null : state.leaderEpoch())
                .put("partition_epoch", state == null ? null : partition.version())
                .put("controller_epoch", state == null ? null : state.controllerEpoch())
                .put("recovering", state != null && state.recovery() == PartitionState.RECOVERING);
        Json.numbers(object, "replicas", partition.replicas().replicas());
        Json.numbers(object, "isr", partition.isr());
        Json.numbers(object, "adding", partition.replicas().adding());
        Json.numbers(object, "removing", partition.replicas().removing());
    }
}
