package io.quorate.registry.controller;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Tree;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What all parts of a controller share from its election to its resignation.
 *
 * @param fence its right to write
 * @param office what it was lent
 * @param host of the office, but one that never throws
 * @param writer fenced
 * @param work which partitions are to be looked at, and which are being written
 * @param backoff how long to wait before what has failed is tried again
 */
record Term(Fence fence, Office office, ControllerHost host, FencedWriter writer, WorkList work, Backoff backoff) {
    /** Calls whenever there is a change, until the controller resigns. */
    void watch(String path, boolean isRecursive, Runnable changed) {
        office.watches().listen(writer, path, isRecursive, change -> changed.run());
    }

    /** The controller has resigned. */
    void unwatch() {
        office.watches().forget(writer);
    }

    /** For reading; writes go through the writer. */
    Tree tree() {
        return office.tree();
    }

    TreeFollower follower() {
        return office.follower();
    }

    ClusterImage image() {
        return office.follower().image();
    }

    ControllerSettings settings() {
        return office.settings();
    }

    LongSupplier chance() {
        return office.chance();
    }

    ImageChange change() {
        return new ImageChange(office.follower());
    }

    /** Whether something about a partition is still to be found out, or written; not if nothing can be done about it for now. */
    boolean isOpen(TopicPartition partition) {
        return work.isOpen(partition)
                && !follower().isUnreadable(RegistryPaths.topic(partition.topic()))
                && !follower().isUnreadable(RegistryPaths.state(partition))
                && areBrokersKnown(partition);
    }

    /**
     * Whether enough is known of the brokers that have to do with a partition: of each if it is registered, or that its leader is
     * gone and somebody in sync is there. If not, nothing is decided about it: a broker that may be alive must not lose what it
     * leads. Cheap where everything can be read: this is asked of each partition that is looked at.
     */
    boolean areBrokersKnown(TopicPartition partition) {
        if (!follower().isAnyUnreadable()) {
            return true;
        }
        ReplicaSet replicas = image().replicas(partition);
        StoredState stored = image().state(partition);
        boolean areReplicasKnown = replicas == null || areKnown(replicas.replicas());
        if (stored == null) {
            return areReplicasKnown;
        }
        PartitionState state = stored.state();
        boolean isLeaderKnown = isKnown(state.leader());
        return (areReplicasKnown && isLeaderKnown && areKnown(state.isr()))
                || (isLeaderKnown
                        && !isRegistered(state.leader())
                        && state.isr().stream().anyMatch(this::isRegistered));
    }

    private boolean isRegistered(int broker) {
        return image().brokers().containsKey(broker);
    }

    /** Whether it is known of each of these brokers if it is registered. */
    boolean areKnown(List<Integer> ids) {
        for (int id : ids) {
            if (!isKnown(id)) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnown(int broker) {
        return !follower().isUnreadable(broker);
    }

    /** Tells the host what is stored of a partition now; nothing if its topic has vanished meanwhile. */
    void tellDecided(TopicPartition partition) {
        if (image().replicas(partition) != null) {
            host.onDecided(image().topic(partition.topic()).describe(partition.partition()));
        }
    }

    /** What was tried with this node has come back: goes on at once if it was done, else when it may be tried again. */
    void settled(String path, Outcome outcome, Runnable then) {
        if (outcome.isDone()) {
            backoff.succeeded(path);
            then.run();
        } else {
            work.after(backoff.failed(path, outcome.error()), then);
        }
    }
}
