package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.Broker;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.NodeData;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code quorate brokers list}. */
@Command(
        name = "list",
        description = {
            "List the registered brokers, with what they lead and hold.",
            "SKEW%% is by how much a broker holds more replicas than the mean.",
            "",
            "Example: quorate brokers list --server zk1:2181/kafka"
        },
        mixinStandardHelpOptions = true)
final class BrokersListCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Override
    public Integer call() throws AdminException {
        return access.run(BrokersListCommand::list);
    }

    private static Answer list(Link link) throws AdminException {
        return list(link, link.await(BrokerRegistry.on(link.client()).read().brokers()));
    }

    /** What is to be said of brokers that were registered when it was looked; those that have left since are left out. */
    static BrokerList list(Link link, SortedMap<Integer, Broker> registered) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        SortedMap<Integer, Broker> brokers = new TreeMap<>(registered);
        Map<Integer, CompletableFuture<NodeData>> bodies = new HashMap<>();
        brokers.keySet().forEach(id -> bodies.put(id, link.client().getData(RegistryPaths.broker(id))));
        BrokerLoad load = new BrokerLoad();
        new TopicBatches(link, reader).forEach(link.await(reader.topicNames()), topics -> topics.values()
                .forEach(load::add));
        Map<Integer, Integer> schemas = new HashMap<>();
        for (Map.Entry<Integer, CompletableFuture<NodeData>> body : bodies.entrySet()) {
            try {
                schemas.put(
                        body.getKey(),
                        BrokerDetails.schema(link.await(body.getValue()).data()));
            } catch (CoordinatorException.NoNode e) {
                brokers.remove(body.getKey());
            }
        }
        return new BrokerList(brokers, schemas, load);
    }
}
