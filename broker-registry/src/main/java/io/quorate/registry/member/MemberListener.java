package io.quorate.registry.member;

import io.quorate.registry.controller.ControllerHost;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.TopicPartition;

/**
 * Is told what happens to a broker and around it, and carries out what it decides as controller. All methods are called on the
 * registry's own thread, one after another, and must not wait there.
 */
public interface MemberListener extends ControllerHost {
    /** The broker is registered, for the first time or in a new session; the epoch is larger than any before. */
    default void onRegistered(long epoch) {}

    /** Another session has its id; the broker takes no part any more. */
    default void onRefused(String reason) {}

    /** For two thirds of the session timeout nobody has answered: the session may soon be over (registry spec 4.4). */
    default void onSuspect() {}

    /**
     * The session is over, the broker is not registered; another session is opened. All that was told of other brokers is void:
     * the next session begins with those that are there then, and does not say who has gone meanwhile.
     */
    default void onSessionLost() {}

    /** Who is controller has changed; null for nobody. Told to every broker, whether it stands for controller or not. */
    default void onController(ControllerInfo controller) {}

    /**
     * Another broker, or this one, came, went, came back under a new epoch, or says something else about itself.
     *
     * @param before null if it was not there
     * @param now null if it is gone
     */
    default void onBroker(int id, Broker before, Broker now) {}

    /** A topic came, went, or is assigned to other brokers; told to the controller and its standbys only. */
    default void onTopic(String name) {}

    /** A configuration was announced to have changed: read it. */
    default void onConfig(ConfigEntity entity) {}

    /** A partition has another state; told to the controller and its standbys only. */
    default void onPartition(TopicPartition partition) {}
}
