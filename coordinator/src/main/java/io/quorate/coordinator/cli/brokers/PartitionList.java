package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import java.util.List;
import java.util.stream.Stream;

/** Answer to {@code partitions list}. */
record PartitionList(List<PartitionDescription> partitions) implements Answer {

    @Override
    public Stream<String> text() {
        Table table = new Table(
                "TOPIC",
                "PARTITION",
                "LEADER",
                "LEADER-EPOCH",
                "PARTITION-EPOCH",
                "CTRL-EPOCH",
                "REPLICAS",
                "ISR",
                "RECOVERY");
        partitions.forEach(partition -> row(table, partition));
        return table.lines();
    }

    private static void row(Table table, PartitionDescription partition) {
        PartitionState state = partition.state();
        table.row(
                partition.id().topic(),
                partition.id().partition(),
                partition.leader() == PartitionState.NO_LEADER ? "none" : partition.leader(),
                state == null ? null : state.leaderEpoch(),
                state == null ? null : partition.version(),
                state == null ? null : state.controllerEpoch(),
                Texts.ids(partition.replicas().replicas()),
                state == null ? null : Texts.ids(state.isr()),
                state == null ? null : state.recovery());
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "partitions", partitions, (partition, each) -> {
            each.put("topic", partition.id().topic());
            TopicDetails.json(partition, each);
        });
    }
}
