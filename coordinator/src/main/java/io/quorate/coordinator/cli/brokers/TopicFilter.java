package io.quorate.coordinator.cli.brokers;

import io.quorate.registry.model.PartitionDescription;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which partitions and topics are described; the options are those of Kafka's tool. */
final class TopicFilter {

    @Option(names = "--under-replicated-partitions", description = "Only partitions with replicas out of sync.")
    private boolean underReplicated;

    @Option(names = "--unavailable-partitions", description = "Only partitions without a leader that is registered.")
    private boolean unavailable;

    @Option(
            names = "--under-min-isr-partitions",
            description = {
                "Only partitions with fewer replicas in sync than min.insync.replicas,",
                "as set for the topic or for all brokers in the tree, or else 1; and those that nobody leads."
            })
    private boolean underMinIsr;

    @Option(names = "--at-min-isr-partitions", description = "Only partitions with exactly so many.")
    private boolean atMinIsr;

    @Option(
            names = "--topics-with-overrides",
            description = "Only topics with configs of their own, and only one line.")
    private boolean withOverrides;

    @Option(names = "--exclude-internal", description = "Without topics that brokers keep for themselves.")
    private boolean excludeInternal;

    /** Whether partitions are picked, so that lines about whole topics are left out. */
    boolean picksPartitions() {
        return underReplicated || unavailable || underMinIsr || atMinIsr;
    }

    /** Whether it matters how many replicas have to be in sync. */
    boolean countsInSync() {
        return underMinIsr || atMinIsr;
    }

    boolean wantsTopicLine() {
        return !picksPartitions();
    }

    boolean wantsPartitionLines() {
        return !withOverrides;
    }

    boolean acceptsTopic(String name, boolean hasOverrides) {
        return (!excludeInternal || !InternalTopics.contains(name)) && (!withOverrides || hasOverrides);
    }

    boolean accepts(PartitionDescription partition, int minIsr, Set<Integer> liveBrokers) {
        return !picksPartitions()
                || (underReplicated && partition.isUnderReplicated())
                || (unavailable && isUnavailable(partition, liveBrokers))
                || (underMinIsr
                        && (isUnavailable(partition, liveBrokers)
                                || partition.isr().size() < minIsr))
                || (atMinIsr && partition.isr().size() == minIsr);
    }

    private static boolean isUnavailable(PartitionDescription partition, Set<Integer> liveBrokers) {
        return !liveBrokers.contains(partition.leader());
    }
}
