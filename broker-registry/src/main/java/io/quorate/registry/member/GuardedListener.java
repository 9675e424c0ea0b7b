package io.quorate.registry.member;

import io.quorate.registry.controller.GuardedHost;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.TopicPartition;

/** A listener that never throws: a broker that cannot bear one piece of news stays a broker. */
final class GuardedListener extends GuardedHost implements MemberListener {
    private final MemberListener listener;

    GuardedListener(MemberListener listener) {
        super(listener);
        this.listener = listener;
    }

    @Override
    public void onRegistered(long epoch) {
        call("onRegistered", () -> listener.onRegistered(epoch));
    }

    @Override
    public void onRefused(String reason) {
        call("onRefused", () -> listener.onRefused(reason));
    }

    @Override
    public void onSuspect() {
        call("onSuspect", listener::onSuspect);
    }

    @Override
    public void onSessionLost() {
        call("onSessionLost", listener::onSessionLost);
    }

    @Override
    public void onController(ControllerInfo controller) {
        call("onController", () -> listener.onController(controller));
    }

    @Override
    public void onBroker(int id, Broker before, Broker now) {
        call("onBroker", () -> listener.onBroker(id, before, now));
    }

    @Override
    public void onTopic(String name) {
        call("onTopic", () -> listener.onTopic(name));
    }

    @Override
    public void onConfig(ConfigEntity entity) {
        call("onConfig", () -> listener.onConfig(entity));
    }

    @Override
    public void onPartition(TopicPartition partition) {
        call("onPartition", () -> listener.onPartition(partition));
    }
}
