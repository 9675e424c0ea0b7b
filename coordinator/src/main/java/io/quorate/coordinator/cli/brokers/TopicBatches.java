package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.store.TreeReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** Reads many topics, some at a time, so that neither memory nor the time limit bounds how many there are. Used by one thread. */
public final class TopicBatches {

    private static final int TOPICS_FIRST = 10;
    private static final int TOPICS_MAX = 500;

    /** About so many partitions are read at a time; how many topics that is follows from those before. */
    private static final int PARTITIONS_PER_BATCH = 5_000;

    private final Link link;
    private final TreeReader reader;
    private final List<String> notices = new ArrayList<>();

    /** What is done with some of the topics, by name. */
    @FunctionalInterface
    interface Step {
        void with(SortedMap<String, TopicDescription> topics) throws AdminException;
    }

    TopicBatches(Link link, TreeReader reader) {
        this.link = link;
        this.reader = reader;
    }

    /** Reads these, in their order; those that cannot be read are left out, and {@link #notices} says so. */
    void forEach(Collection<String> names, Step step) throws AdminException {
        List<String> all = List.copyOf(names);
        int from = 0;
        int size = TOPICS_FIRST;
        while (from < all.size()) {
            List<String> some = all.subList(from, Math.min(all.size(), from + size));
            SortedMap<String, TopicDescription> topics = link.awaitAll(reader.describe(some));
            for (String name : some) {
                if (!topics.containsKey(name) && isThere(link, name)) {
                    notices.add("Topic " + name + " is left out: " + unreadable(name));
                }
            }
            step.with(topics);
            from += some.size();
            size = next(
                    topics.size(),
                    topics.values().stream()
                            .mapToLong(topic -> topic.partitions().size())
                            .sum());
        }
    }

    /** How many topics to read next, if they have as many partitions as these. */
    static int next(int topics, long partitions) {
        long most = (long) PARTITIONS_PER_BATCH * Math.max(1, topics) / Math.max(1, partitions);
        return (int) Math.max(1, Math.min(TOPICS_MAX, most));
    }

    /** What was left out, for people. */
    List<String> notices() {
        return notices;
    }

    /**
     * One topic by its name.
     *
     * @throws AdminException if there is none, or its node cannot be read
     */
    public static TopicDescription one(Link link, String name) throws AdminException {
        TopicDescription topic = link.awaitAll(
                        BrokerRegistry.on(link.client()).read().describe(List.of(name)))
                .get(name);
        if (topic == null) {
            throw isThere(link, name)
                    ? new AdminException(AdminExit.FAILED, "topic " + name + " cannot be shown: " + unreadable(name))
                    : missing(name);
        }
        return topic;
    }

    private static boolean isThere(Link link, String name) {
        return link.sync().exists(RegistryPaths.topic(name)).exists();
    }

    private static String unreadable(String name) {
        String path = RegistryPaths.topic(name);
        return "what " + path + " holds is not what a topic holds; see it: quorate tree get " + path;
    }

    /** There is no topic of this name. */
    static AdminException missing(String name) {
        return new AdminException(
                AdminExit.NOT_FOUND, "there is no topic " + name + "; see which there are: quorate topics list");
    }
}
