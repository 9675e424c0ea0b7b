package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a member has of which partition: the node, the host's work on it, both, or perhaps the node. */
final class Ownership {
    /** How far a partition is. */
    enum Phase {
        /** The node may be ours; a server has to be asked. The host does not have it. */
        UNCERTAIN,
        /** The node is ours. The host does not have it yet. */
        CLAIMED,
        /** The node is ours, and the host processes it. */
        OWNED,
        /** The host was asked to stop. */
        REVOKING,
        /** The host has stopped; the node is still ours. */
        REVOKED
    }

    /** One partition. */
    static final class Held {
        Phase phase;
        String thread;
        /** Which order to stop the host obeys. */
        long revocation;
        /** When that was ordered. */
        long revokedAt;
        /** Which report of an offset moved by others the host has not heard yet; 0 if none. */
        long move;
        /** Of the offset's node, as it will be when what is under way has succeeded; -1 if there is none. */
        int offsetVersion = -1;

        OptionalLong committed = OptionalLong.empty();

        Held(Phase phase, String thread) {
            this.phase = phase;
            this.thread = thread;
        }

        boolean isWithHost() {
            return phase == Phase.OWNED || phase == Phase.REVOKING;
        }
    }

    private final SortedMap<TopicPartition, Held> held = new TreeMap<>();

    Held get(TopicPartition partition) {
        return held.get(partition);
    }

    boolean has(TopicPartition partition) {
        return held.containsKey(partition);
    }

    void add(TopicPartition partition, Phase phase, String thread) {
        held.put(partition, new Held(phase, thread));
    }

    void remove(TopicPartition partition) {
        held.remove(partition);
    }

    SortedSet<TopicPartition> in(Phase phase) {
        SortedSet<TopicPartition> found = new TreeSet<>();
        held.forEach((partition, each) -> {
            if (each.phase == phase) {
                found.add(partition);
            }
        });
        return found;
    }

    SortedSet<TopicPartition> withHost() {
        SortedSet<TopicPartition> found = in(Phase.OWNED);
        found.addAll(in(Phase.REVOKING));
        return found;
    }

    void move(Collection<TopicPartition> partitions, Phase phase) {
        partitions.forEach(partition -> held.get(partition).phase = phase);
    }

    /** After an answer that did not come: what was under way may be done, or not. */
    void doubt(Collection<TopicPartition> partitions) {
        for (TopicPartition each : partitions) {
            if (held.containsKey(each)) {
                held.get(each).phase = Phase.UNCERTAIN;
            }
        }
    }

    /** The host has lost everything; the nodes may still be there. */
    void doubtAll() {
        doubt(new TreeSet<>(held.keySet()));
    }

    void clear() {
        held.clear();
    }

    Map<TopicPartition, Held> all() {
        return held;
    }
}
