package io.quorate.registry.controller;

import io.quorate.registry.election.LeaderElection;
import io.quorate.registry.election.Liveness;
import io.quorate.registry.election.Situation;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.ImageListener;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows at any time what a controller that is elected now has to look at, so that taking over takes no longer in a large cluster
 * than in a small one (registry spec 13.4). Must hear of everything that is in the image.
 *
 * <p>Belongs to the thread of the image.
 */
public final class OpenPartitions implements ImageListener {
    private final ClusterImage image;
    /** As a new controller sees them: of none of them does it know anything else. */
    private final LiveBrokers brokers;

    private final Set<TopicPartition> open = new HashSet<>();
    private Set<TopicPartition> changed;
    private boolean isAnyTopicGone;

    /** All that the image has may have something to do, until it was looked at. */
    public OpenPartitions(ClusterImage image) {
        this.image = image;
        brokers = new LiveBrokers(image);
        changed = new HashSet<>(image.partitions());
    }

    /** All partitions about which a new controller may have something to do. */
    public Set<TopicPartition> all() {
        Set<TopicPartition> all = new HashSet<>(open);
        all.addAll(changed);
        return all;
    }

    @Override
    public void onBroker(int id, Broker before, Broker now) {
        changed.addAll(image.partitionsOn(id));
    }

    @Override
    public void onTopic(String name) {
        TopicImage topic = image.topic(name);
        if (topic == null) {
            isAnyTopicGone = true;
        } else {
            changed.addAll(topic.partitions());
        }
    }

    @Override
    public void onPartition(TopicPartition partition) {
        changed.add(partition);
    }

    @Override
    public void onCurrent() {
        for (TopicPartition partition : changed) {
            if (isOpen(partition)) {
                open.add(partition);
            } else {
                open.remove(partition);
            }
        }
        // Not cleared: the first one has room for the whole cluster, and would be gone through each time.
        changed = new HashSet<>();
        if (isAnyTopicGone) {
            open.removeIf(partition -> image.topic(partition.topic()) == null);
            isAnyTopicGone = false;
        }
    }

    /** Whether a controller that was asked for nothing would do anything about it, or ask about it. */
    private boolean isOpen(TopicPartition partition) {
        ReplicaSet replicas = image.replicas(partition);
        if (replicas == null) {
            return false;
        }
        StoredState stored = image.state(partition);
        Liveness liveness = brokers.of(partition);
        if (stored == null) {
            return replicas.isMoving() || isNextKnown(replicas, null, liveness);
        }
        PartitionState state = stored.state();
        return replicas.isMoving()
                || isElsewhere(state, replicas)
                || !LeaderElection.isCleanPossible(state, liveness)
                || isNextKnown(replicas, state, liveness);
    }

    private static boolean isNextKnown(ReplicaSet replicas, PartitionState state, Liveness liveness) {
        return LeaderElection.next(new Situation(replicas, state, Integer.MAX_VALUE, Set.of()), liveness) != null;
    }

    /** Another kind of controller may have died between the topic's node and the state: such brokers are not found by their replicas. */
    private static boolean isElsewhere(PartitionState state, ReplicaSet replicas) {
        return !replicas.replicas().containsAll(state.isr())
                || (state.hasLeader() && !replicas.replicas().contains(state.leader()));
    }
}
