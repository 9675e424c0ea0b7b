package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.Broker;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.NodeData;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
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
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        SortedMap<Integer, Broker> brokers = link.await(reader.brokers());
        Map<Integer, CompletableFuture<NodeData>> bodies = new HashMap<>();
        brokers.keySet().forEach(id -> bodies.put(id, link.client().getData(RegistryPaths.broker(id))));
        BrokerLoad load = new BrokerLoad(link.await(reader.describeAll()).values());
        Map<Integer, Integer> schemas = new HashMap<>();
        for (Integer id : brokers.keySet()) {
            schemas.put(id, BrokerDetails.schema(link.await(bodies.get(id)).data()));
        }
        return new BrokerList(brokers, schemas, load);
    }
}
