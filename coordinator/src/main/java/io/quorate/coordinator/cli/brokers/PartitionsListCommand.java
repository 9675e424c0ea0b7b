package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.LongAnswer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.store.TreeReader;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate partitions list}. */
@Command(
        name = "list",
        description = {
            "List partitions with leader, epochs and replicas; PARTITION-EPOCH is the version of the state's node.",
            "With several of --offline, --under-replicated and --not-preferred: those to which one of them applies.",
            "",
            "Examples:",
            "  quorate partitions list --offline",
            "  quorate partitions list --topic orders --not-preferred"
        },
        mixinStandardHelpOptions = true)
final class PartitionsListCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only partitions of this topic.")
    private String topic;

    @Option(names = "--offline", description = "Only those without a leader that is registered.")
    private boolean offline;

    @Option(names = "--under-replicated", description = "Only those with replicas out of sync.")
    private boolean underReplicated;

    @Option(names = "--not-preferred", description = "Only those that another replica than the first one leads.")
    private boolean notPreferred;

    @Override
    public Integer call() throws AdminException {
        return access.runLong(this::list);
    }

    private LongAnswer<PartitionDescription> list(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        Collection<String> topics = topic == null
                ? link.await(reader.topicNames())
                : List.of(TopicBatches.one(link, topic).name());
        Set<Integer> live = link.await(reader.brokers()).keySet();
        return new PartitionRows(new TopicBatches(link, reader), topics, partition -> accepts(partition, live));
    }

    private boolean accepts(PartitionDescription partition, Set<Integer> live) {
        boolean all = !offline && !underReplicated && !notPreferred;
        List<Integer> replicas = partition.replicas().replicas();
        return all
                || (offline && !live.contains(partition.leader()))
                || (underReplicated && partition.isUnderReplicated())
                || (notPreferred && !replicas.isEmpty() && partition.leader() != replicas.get(0));
    }
}
