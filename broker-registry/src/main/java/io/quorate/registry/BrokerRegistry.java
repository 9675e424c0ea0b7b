package io.quorate.registry;

import io.quorate.registry.store.AclPolicy;
import io.quorate.registry.store.BrokerIds;
import io.quorate.registry.store.ClusterIds;
import io.quorate.registry.store.ConfigStore;
import io.quorate.registry.store.IsrWriter;
import io.quorate.registry.store.PipelinedReads;
import io.quorate.registry.store.TopicStore;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorClient;

/**
 * The registry of brokers, topics and partitions, as an administrator or a program beside the brokers sees it. Nothing is
 * cached: every question is answered from the tree as it is, with few and pipelined requests. Who is a broker joins with {@link
 * BrokerMember}; who sends messages keeps a {@link MetadataCache}.
 *
 * <pre>{@code
 * BrokerRegistry registry = BrokerRegistry.on(client);
 * registry.read().brokers().thenAccept(brokers -> brokers.values().forEach(System.out::println));
 * registry.topics().create("orders", 12, 3, RackMode.SAFE, Map.of("retention.ms", "86400000"));
 * registry.configs().alter(ConfigEntity.topic("orders"), Map.of("segment.ms", "3600000"));
 * }</pre>
 *
 * <p>Futures fail with what the client failed with (see {@link CoordinatorClient}); they complete on the client's callback
 * executor and must not be waited for there. Safe for use by any number of threads.
 */
public final class BrokerRegistry {
    private final TreeReader reader;
    private final TopicStore topics;
    private final ConfigStore configs;
    private final BrokerIds brokerIds;
    private final ClusterIds producerIds;
    private final IsrWriter isr;

    private BrokerRegistry(CoordinatorClient client, AclPolicy acls) {
        PipelinedReads reads = new PipelinedReads(client);
        reader = new TreeReader(reads);
        topics = new TopicStore(client, reads, reader, acls);
        configs = new ConfigStore(client, reads, acls);
        brokerIds = new BrokerIds(client, acls);
        producerIds = new ClusterIds(client, acls);
        isr = new IsrWriter(client, acls);
    }

    /** The registry in the tree below the chroot of this client, which stays the caller's; nodes are open to everybody. */
    public static BrokerRegistry on(CoordinatorClient client) {
        return on(client, AclPolicy.OPEN);
    }

    /** The registry in the tree below the chroot of this client, which stays the caller's. */
    public static BrokerRegistry on(CoordinatorClient client, AclPolicy acls) {
        return new BrokerRegistry(client, acls);
    }

    /** What is there: brokers, controller, topics and partitions, configurations, pending requests. */
    public TreeReader read() {
        return reader;
    }

    /** Creates topics, and asks the controller to delete them, move partitions, and elect preferred leaders. */
    public TopicStore topics() {
        return topics;
    }

    /** Changes configurations. */
    public ConfigStore configs() {
        return configs;
    }

    /** Gives brokers ids of their own. */
    public BrokerIds brokerIds() {
        return brokerIds;
    }

    /** Gives brokers ids for their producers. */
    public ClusterIds producerIds() {
        return producerIds;
    }

    /** Changes in-sync replicas for a leader that does not ask the controller. */
    public IsrWriter isr() {
        return isr;
    }
}
