package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.store.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate topics describe}. */
@Command(
        name = "describe",
        description = {
            "Show topics and their partitions, in the lines of kafka-topics.sh.",
            "",
            "Examples:",
            "  quorate topics describe orders",
            "  quorate topics describe --unavailable-partitions"
        },
        mixinStandardHelpOptions = true)
final class TopicsDescribeCommand implements Callable<Integer> {

    private static final String MIN_ISR = "min.insync.replicas";

    @Mixin
    private Access access;

    @Mixin
    private TopicFilter filter;

    @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "The same as TOPIC. May be repeated.")
    private List<String> more = new ArrayList<>();

    @Override
    public Integer call() throws AdminException {
        names.addAll(more);
        return access.run(this::describe);
    }

    private Answer describe(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        SortedMap<String, TopicDescription> topics =
                link.await(names.isEmpty() ? reader.describeAll() : reader.describe(names));
        for (String name : names) {
            if (!topics.containsKey(name)) {
                throw new AdminException(
                        AdminExit.NOT_FOUND,
                        "there is no topic " + name + "; see which there are: quorate topics list");
            }
        }
        Set<Integer> live = link.await(reader.brokers()).keySet();
        String minIsrOfAll =
                link.await(reader.config(ConfigEntity.allBrokers())).getOrDefault(MIN_ISR, "1");
        List<TopicDetails> found = new ArrayList<>();
        for (TopicDescription topic : topics.values()) {
            SortedMap<String, String> config = link.await(reader.config(ConfigEntity.topic(topic.name())));
            if (filter.acceptsTopic(topic.name(), !config.isEmpty())) {
                int minIsr = Integer.parseInt(config.getOrDefault(MIN_ISR, minIsrOfAll));
                found.add(new TopicDetails(topic, config, picked(topic, minIsr, live)));
            }
        }
        return new TopicDetailsList(found, filter.wantsTopicLine(), filter.wantsPartitionLines());
    }

    private List<PartitionDescription> picked(TopicDescription topic, int minIsr, Set<Integer> live) {
        return topic.partitions().stream()
                .filter(partition -> filter.accepts(partition, minIsr, live))
                .toList();
    }
}
