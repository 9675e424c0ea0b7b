package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
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

/** {@code quorate topics list}. */
@Command(
        name = "list",
        description = {"List the topics, one name per line.", "", "Example: quorate topics list --exclude-internal"},
        mixinStandardHelpOptions = true)
final class TopicsListCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Option(
            names = "--topic",
            paramLabel = "REGEX",
            description = "Only those whose whole name matches, as kafka-topics.sh takes it. May be repeated.")
    private List<String> expressions = new ArrayList<>();

    @Option(names = "--exclude-internal", description = "Without those that brokers keep for themselves.")
    private boolean excludeInternal;

    @Override
    public Integer call() throws AdminException {
        return access.run(this::list);
    }

    private Answer list(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        List<String> names = chosen(link.await(reader.topicNames())).stream()
                .filter(name -> !excludeInternal || !InternalTopics.contains(name))
                .toList();
        return new TopicNameList(names, link.await(reader.pendingDeletions()));
    }

    private SortedSet<String> chosen(SortedSet<String> existing) throws AdminException {
        if (expressions.isEmpty()) {
            return existing;
        }
        SortedSet<String> chosen = new TreeSet<>();
        for (String expression : expressions) {
            chosen.addAll(TopicExpression.of(expression).of(existing));
        }
        return chosen;
    }
}
