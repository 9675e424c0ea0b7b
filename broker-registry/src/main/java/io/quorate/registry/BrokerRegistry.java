package io.quorate.registry;

import io.quorate.registry.store.PipelinedReads;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorClient;

/**
 * The registry of brokers, topics and partitions, as an administrator or a program beside the brokers sees it. Nothing is
 * cached: every question is answered from the tree as it is, with few and pipelined requests.
 *
 * <pre>{@code
 * BrokerRegistry registry = BrokerRegistry.on(client);
 * registry.read().brokers().thenAccept(brokers -> brokers.values().forEach(System.out::println));
 * registry.read().describeAll().thenAccept(topics -> ...);
 * }</pre>
 *
 * <p>Futures fail with what the client failed with (see {@link CoordinatorClient}); they complete on the client's callback
 * executor and must not be waited for there. Safe for use by any number of threads.
 */
public final class BrokerRegistry {
    private final TreeReader reader;

    private BrokerRegistry(CoordinatorClient client) {
        reader = new TreeReader(new PipelinedReads(client));
    }

    /** The registry in the tree below the chroot of this client, which stays the caller's. */
    public static BrokerRegistry on(CoordinatorClient client) {
        return new BrokerRegistry(client);
    }

    /** What is there: brokers, controller, topics and partitions, configurations, pending requests. */
    public TreeReader read() {
        return reader;
    }
}
