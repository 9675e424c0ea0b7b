package io.quorate.groups.assignor;

/** One partition of one topic. Ordered by topic, then by number. */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {

    @Override
    public int compareTo(TopicPartition other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }

    /** {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
