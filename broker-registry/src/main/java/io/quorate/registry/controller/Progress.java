package io.quorate.registry.controller;

import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out whether all partitions of a broker were dealt with. Asked every round, for every broker that somebody waits for: so it
 * remembers one partition that is open, the last one in order, and looks at the others only when that one is done.
 */
final class Progress {
    private final Term term;
    private final Map<Integer, TopicPartition> open = new HashMap<>();

    Progress(Term term) {
        this.term = term;
    }

    /** Whether no partition of this broker is still to be looked at, or being written. */
    boolean isDone(int broker) {
        TopicPartition known = open.get(broker);
        if (known != null && isOpen(known, broker)) {
            return false;
        }
        open.remove(broker);
        if (term.work().isQuiet()) {
            return true;
        }
        List<TopicPartition> partitions = term.image().partitionsOn(broker);
        for (int i = partitions.size() - 1; i >= 0; i--) {
            if (isOpen(partitions.get(i), broker)) {
                open.put(broker, partitions.get(i));
                return false;
            }
        }
        return true;
    }

    /** Those about which nothing can be done for now are no reason to wait. */
    private boolean isOpen(TopicPartition partition, int broker) {
        ReplicaSet replicas = term.image().replicas(partition);
        return term.isOpen(partition) && replicas != null && replicas.replicas().contains(broker);
    }
}
