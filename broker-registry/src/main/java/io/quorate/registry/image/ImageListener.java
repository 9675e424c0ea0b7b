package io.quorate.registry.image;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicPartition;

/** Is told what has changed in a {@link ClusterImage}, after it has. */
public interface ImageListener {
    /**
     * A broker came, went, came back with a larger epoch, or says something else about itself.
     *
     * @param before null if it was not there
     * @param now null if it is gone
     */
    void onBroker(int id, Broker before, Broker now);

    /** The assignment of a topic has changed, or the topic came or went. */
    void onTopic(String name);

    /** The state of a partition has changed, come or gone. */
    void onPartition(TopicPartition partition);

    /**
     * What has changed is known now, of all that there is; something may have changed again meanwhile, which is told later.
     */
    void onCurrent();

    /** The connection was lost, and with it perhaps some changes: the image is of the past until {@link #onCurrent}. */
    default void onOutdated() {}

    /** A node is not what belongs there; the image leaves it out. */
    default void onMalformed(String path, String reason) {}

    /** Something happened that an operator should know. */
    default void onTrouble(String what) {}
}
