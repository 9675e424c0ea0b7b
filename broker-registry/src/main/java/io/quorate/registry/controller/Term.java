package io.quorate.registry.controller;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Tree;
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

    /** Tells the host what is stored of a partition now; nothing if its topic has vanished meanwhile. */
    void tellDecided(TopicPartition partition) {
        if (image().replicas(partition) != null) {
            host.onDecided(image().topic(partition.topic()).describe(partition.partition()));
        }
    }

    /** Whether something can still be found out about a partition now: it does not rest, and its nodes can be read. */
    boolean isOpen(TopicPartition partition) {
        return work.isOpen(partition)
                && !follower().isUnreadable(RegistryPaths.topic(partition.topic()))
                && !follower().isUnreadable(RegistryPaths.state(partition));
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
