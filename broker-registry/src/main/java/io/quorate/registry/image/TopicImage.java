package io.quorate.registry.image;

import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of one topic. Belongs to the thread of its {@link ClusterImage}. */
public final class TopicImage {
    private final String name;
    private final long czxid;
    private final SortedMap<Integer, StoredState> states = new TreeMap<>();
    private TopicAssignment assignment;
    private int version;

    TopicImage(String name, long czxid, TopicAssignment assignment, int version) {
        this.name = name;
        this.czxid = czxid;
        this.assignment = assignment;
        this.version = version;
    }

    public String name() {
        return name;
    }

    /** The transaction that created it: another topic of the same name has another one. */
    public long czxid() {
        return czxid;
    }

    public TopicAssignment assignment() {
        return assignment;
    }

    /** The version of the topic's node. */
    public int version() {
        return version;
    }

    /** The state of a partition; null while there is none. */
    public StoredState state(int partition) {
        return states.get(partition);
    }

    /** All states by partition; cannot be changed. */
    public SortedMap<Integer, StoredState> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** The partitions of the assignment. */
    public List<TopicPartition> partitions() {
        return assignment.replicas().keySet().stream()
                .map(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** What is known of one partition. */
    public PartitionDescription describe(int partition) {
        StoredState stored = states.get(partition);
        return new PartitionDescription(
                new TopicPartition(name, partition),
                assignment.replicaSet(partition),
                stored == null ? null : stored.state(),
                stored == null ? -1 : stored.version());
    }

    void assign(TopicAssignment changed, int newVersion) {
        assignment = changed;
        version = newVersion;
    }

    void put(int partition, StoredState state) {
        states.put(partition, state);
    }

    void remove(int partition) {
        states.remove(partition);
    }
}
