package io.quorate.registry.controller;

import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Outside;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A host that never throws: one decision that cannot be carried out must not keep the others from being made. */
final class GuardedHost implements ControllerHost {
    private final ControllerHost host;

    GuardedHost(ControllerHost host) {
        this.host = host;
    }

    @Override
    public void onElected(int epoch) {
        call("onElected", () -> host.onElected(epoch));
    }

    @Override
    public void onResigned() {
        call("onResigned", host::onResigned);
    }

    @Override
    public void onDecided(PartitionDescription partition) {
        call("onDecided", () -> host.onDecided(partition));
    }

    /** Who throws has not deleted anything, as far as is known. */
    @Override
    public void deleteReplicas(TopicPartition partition, List<Integer> brokers, Consumer<Boolean> done) {
        AtomicBoolean isAnswered = new AtomicBoolean();
        Consumer<Boolean> once = isDone -> {
            if (isAnswered.compareAndSet(false, true)) {
                done.accept(isDone);
            }
        };
        Outside.call("deleteReplicas", () -> host.deleteReplicas(partition, brokers, once), what -> {
            once.accept(false);
            host.onTrouble(what);
        });
    }

    @Override
    public void onDirectoryFailed(int broker) {
        call("onDirectoryFailed", () -> host.onDirectoryFailed(broker));
    }

    @Override
    public void onTrouble(String what) {
        Outside.call("onTrouble", () -> host.onTrouble(what), unused -> {});
    }

    private void call(String name, Runnable callback) {
        Outside.call(name, callback, host::onTrouble);
    }
}
