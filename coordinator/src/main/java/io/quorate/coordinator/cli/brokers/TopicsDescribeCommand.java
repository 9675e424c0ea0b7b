package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.LongAnswer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.store.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
            "  quorate topics describe --topic 'audit-.*'",
            "  quorate topics describe --unavailable-partitions"
        },
        mixinStandardHelpOptions = true)
final class TopicsDescribeCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private TopicFilter filter;

    @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--topic",
            paramLabel = "REGEX",
            description = "Topics whose whole name matches, as kafka-topics.sh takes it. May be repeated.")
    private List<String> expressions = new ArrayList<>();

    @Option(names = "--if-exists", description = "No failure if there is no such topic.")
    private boolean ifExists;

    @Override
    public Integer call() throws AdminException {
        return access.runLong(this::describe);
    }

    private LongAnswer<TopicDetails> describe(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        if (names.size() == 1 && expressions.isEmpty() && !ifExists) {
            TopicBatches.one(link, names.get(0)); // says why, if it cannot be shown
        }
        return new TopicDescriptions(link, reader, chosen(link.await(reader.topicNames())), filter);
    }

    private SortedSet<String> chosen(SortedSet<String> existing) throws AdminException {
        if (names.isEmpty() && expressions.isEmpty()) {
            return existing;
        }
        SortedSet<String> chosen = new TreeSet<>();
        for (String name : names) {
            if (existing.contains(name)) {
                chosen.add(name);
            } else if (!ifExists) {
                throw TopicBatches.missing(name);
            }
        }
        for (String expression : expressions) {
            SortedSet<String> meant = TopicExpression.of(expression).of(existing);
            if (meant.isEmpty() && !ifExists) {
                throw TopicBatches.missing(expression);
            }
            chosen.addAll(meant);
        }
        return chosen;
    }
}
