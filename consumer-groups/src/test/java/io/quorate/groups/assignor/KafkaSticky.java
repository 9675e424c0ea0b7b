package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.AbstractStickyAssignor;

/** Kafka's own sticky assignor, asked for what it wants in the end and not for the first of two rounds. */
final class KafkaSticky {
    private KafkaSticky() {}

    static Assignment assign(GroupView group) {
        Map<String, Integer> partitions = new HashMap<>();
        // It is asked about topics that somebody wants, and believes that of all.
        RandomGroups.wanted(group).forEach(each -> partitions.merge(each.topic(), 1, Integer::sum));
        Map<String, Subscription> subscriptions = new HashMap<>();
        group.members().forEach(member -> subscriptions.put(member.id(), subscription(member)));
        SortedMap<String, SortedSet<TopicPartition>> assigned = new TreeMap<>();
        new Asked().assign(partitions, subscriptions).forEach((member, list) -> {
            SortedSet<TopicPartition> set = new TreeSet<>();
            list.forEach(each -> set.add(new TopicPartition(each.topic(), each.partition())));
            assigned.put(member, set);
        });
        return new Assignment(assigned);
    }

    private static Subscription subscription(GroupView.Member member) {
        List<org.apache.kafka.common.TopicPartition> owned = member.previous().stream()
                .map(each -> new org.apache.kafka.common.TopicPartition(each.topic(), each.partition()))
                .toList();
        return new Subscription(
                new ArrayList<>(member.topics()), null, new ArrayList<>(owned), member.generation(), Optional.empty());
    }

    private static final class Asked extends AbstractStickyAssignor {
        @Override
        public String name() {
            return "kafka-sticky";
        }

        @Override
        protected MemberData memberData(Subscription subscription) {
            return new MemberData(subscription.ownedPartitions(), subscription.generationId());
        }
    }
}
