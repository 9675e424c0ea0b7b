package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.LongAnswer;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.store.PipelinedReads.ReadRefusedException;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Answer to {@code topics describe}. */
final class TopicDescriptions implements LongAnswer<TopicDetails> {

    private final Link link;
    private final TreeReader reader;
    private final SortedSet<String> names;
    private final TopicFilter filter;
    private final TopicBatches batches;
    private final List<String> notices = new ArrayList<>();

    TopicDescriptions(Link link, TreeReader reader, SortedSet<String> names, TopicFilter filter) {
        this.link = link;
        this.reader = reader;
        this.names = names;
        this.filter = filter;
        this.batches = new TopicBatches(link, reader);
    }

    @Override
    public void read(Consumer<TopicDetails> sink) throws AdminException {
        Set<Integer> live =
                filter.picksPartitions() ? link.await(reader.brokers()).keySet() : Set.of();
        MinIsr minIsr = new MinIsr(filter.countsInSync() ? configOfAllBrokers() : Map.of(), notices::add);
        batches.forEach(names, topics -> {
            SortedMap<String, SortedMap<String, String>> configs = link.awaitAll(reader.topicConfigs(topics.keySet()));
            for (TopicDescription topic : topics.values()) {
                SortedMap<String, String> config = configs.get(topic.name());
                if (filter.acceptsTopic(topic.name(), !config.isEmpty())) {
                    int least = filter.countsInSync() ? minIsr.of(topic.name(), config) : 0;
                    sink.accept(details(topic, config, least, live));
                }
            }
        });
    }

    /** In a tree with access lists only brokers may read this, and all else can be told without it. */
    private SortedMap<String, String> configOfAllBrokers() throws AdminException {
        try {
            return link.await(reader.config(ConfigEntity.allBrokers()));
        } catch (ReadRefusedException e) {
            if (e.error() != ErrorCode.NO_AUTH) {
                throw e;
            }
            notices.add("The configs of all brokers may not be read without --auth; " + MinIsr.KEY
                    + " counts as set for topics, or else as 1");
            return new TreeMap<>();
        }
    }

    private TopicDetails details(
            TopicDescription topic, SortedMap<String, String> config, int minIsr, Set<Integer> live) {
        return new TopicDetails(
                topic,
                config,
                topic.partitions().stream()
                        .filter(partition -> filter.accepts(partition, minIsr, live))
                        .toList());
    }

    @Override
    public Lines<TopicDetails> lines(Consumer<String> out) {
        return new Lines<>() {
            @Override
            public void print(TopicDetails topic) {
                if (filter.wantsTopicLine()) {
                    out.accept(topic.line());
                }
                if (filter.wantsPartitionLines()) {
                    topic.partitions().forEach(partition -> out.accept(topic.line(partition)));
                }
            }

            @Override
            public void end() {
                // Nothing is held back.
            }
        };
    }

    @Override
    public String key() {
        return "topics";
    }

    @Override
    public void json(TopicDetails item, ObjectNode object) {
        item.json(object);
    }

    @Override
    public Stream<String> notices() {
        return Stream.concat(notices.stream(), batches.notices().stream());
    }
}
