package io.quorate.registry.controller;

import io.quorate.registry.election.LeaderElection;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicPartition;
import java.util.List;
import java.util.function.Consumer;

/**
 * The broker around a controller: it carries the decisions to the other brokers, by whatever protocol they speak. Called on the
 * registry's thread; must not wait for anything there. What it does not implement is taken as done.
 */
public interface ControllerHost {
    /** This broker is controller now; everything it is told until {@link #onResigned} is by this epoch. */
    default void onElected(int epoch) {}

    /** This broker is controller no more: nothing that it has not sent yet may be sent. */
    default void onResigned() {}

    /** The controller has decided about a partition, and it is stored: leader and replicas are to be told. */
    default void onDecided(PartitionDescription partition) {}

    /**
     * Replicas are to be stopped and their data deleted.
     *
     * @param brokers those that hold them; all are alive
     * @param done to be called once, on any thread: whether all of them have done it
     */
    default void deleteReplicas(TopicPartition partition, List<Integer> brokers, Consumer<Boolean> done) {
        done.accept(true);
    }

    /** A broker has lost a directory; {@link Controller#replicasFailed} says which replicas were in it, when that is known. */
    default void onDirectoryFailed(int broker) {}

    /** Something happened that an operator should know; see {@link LeaderElection} for what is decided. */
    default void onTrouble(String what) {}
}
