package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.LongAnswer;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answer to {@code partitions list}. */
final class PartitionRows implements LongAnswer<PartitionDescription> {

    /** Columns are as wide as their longest value among so many rows; what comes later may widen them. */
    private static final int ROWS_HELD = 10_000;

    private final TopicBatches batches;
    private final Collection<String> topics;
    private final Predicate<PartitionDescription> wanted;

    PartitionRows(TopicBatches batches, Collection<String> topics, Predicate<PartitionDescription> wanted) {
        this.batches = batches;
        this.topics = topics;
        this.wanted = wanted;
    }

    @Override
    public void read(Consumer<PartitionDescription> sink) throws AdminException {
        batches.forEach(topics, some -> some.values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(wanted)
                .forEach(sink));
    }

    @Override
    public Lines<PartitionDescription> lines(Consumer<String> out) {
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
        return new Lines<>() {
            @Override
            public void print(PartitionDescription partition) {
                row(table, partition);
                if (table.size() >= ROWS_HELD) {
                    table.takeLines().forEach(out);
                }
            }

            @Override
            public void end() {
                table.takeLines().forEach(out);
            }
        };
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
    public String key() {
        return "partitions";
    }

    @Override
    public void json(PartitionDescription partition, ObjectNode object) {
        object.put("topic", partition.id().topic());
        TopicDetails.json(partition, object);
    }

    @Override
    public Stream<String> notices() {
        return batches.notices().stream();
    }
}
