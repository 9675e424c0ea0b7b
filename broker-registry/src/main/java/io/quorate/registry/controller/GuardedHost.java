package io.quorate.registry.controller;

import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Outside;
import java.util.List;
import java.util.function.Consumer;

/** A host that never throws: one decision that cannot be carried out must not keep the others from being made. */
public class GuardedHost implements ControllerHost {
    private final ControllerHost host;

    /** @param host is told of what its own methods throw */
    public GuardedHost(ControllerHost host) {
        this.host = host;
    }

    @Override
    public final void onElected(int epoch) {
        call("onElected", () -> host.onElected(epoch));
    }

    @Override
    public final void onResigned() {
        call("onResigned", host::onResigned);
    }

    @Override
    public final void onDecided(PartitionDescription partition) {
        call("onDecided", () -> host.onDecided(partition));
    }

    /** Who throws has not deleted anything, as far as is known. */
    @Override
    public final void deleteReplicas(TopicPartition partition, List<Integer> brokers, Consumer<Boolean> done) {
        Outside.call("deleteReplicas", () -> host.deleteReplicas(partition, brokers, done), what -> {
            done.accept(false);
            host.onTrouble(what);
        });
    }

    @Override
    public final void onDirectoryFailed(int broker) {
        call("onDirectoryFailed", () -> host.onDirectoryFailed(broker));
    }

    @Override
    public final void onTrouble(String what) {
        Outside.call("onTrouble", () -> host.onTrouble(what), unused -> {});
    }

    /** Calls it; what it throws is trouble. */
    protected final void call(String name, Runnable callback) {
        Outside.call(name, callback, host::onTrouble);
    }
}
