package io.quorate.registry.sim;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.List;

/** What a {@link SimBroker} has around it. */
interface SimCluster {
    /** Opens a session for a broker. */
    SimSession open(SimBroker broker);

    /** A process is gone: its session ends when the server notices. */
    void abandon(SimSession session);

    /** How many follow all topics besides the controller. */
    int standbys();

    /** Whether nothing goes wrong any more. */
    boolean isCalm();

    /** What some controller knows; null if there is none. */
    ClusterImage imageOfController();

    /** The replicas of a partition as they are; null if there is none. */
    ReplicaSet replicas(TopicPartition partition);

    /** A leader changes the state of a partition by itself. */
    void writeAsLeader(SimSession session, TopicImage topic, Write write);

    /** A controller has decided, and its host is told. */
    default void onDecided(PartitionDescription partition) {}

    /** A controller has replicas deleted: its host is told, or has done it. */
    default void onDeletion(TopicPartition partition, List<Integer> replicas, boolean isDone) {}
}
