package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.NodeStat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code quorate controller show}. */
@Command(
        name = "show",
        description = {
            "Show which broker is controller, since when, and who would be next.",
            "Ends with code 2 if there is none.",
            "",
            "Example: quorate controller show --output json"
        },
        mixinStandardHelpOptions = true)
final class ControllerShowCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Override
    public Integer call() throws AdminException {
        return access.run(ControllerShowCommand::show);
    }

    private static Answer show(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        ControllerInfo controller = link.await(reader.controller());
        int epoch = link.await(reader.controllerEpoch());
        NodeStat node = link.sync().exists(RegistryPaths.CONTROLLER);
        return new ControllerDetails(
                controller, epoch, node.exists() ? node.stat().ephemeralOwner() : 0, candidates(link));
    }

    /** None where brokers do not queue up, as Kafka's do not. */
    private static List<String> candidates(Link link) {
        try {
            return link.sync().getChildren(RegistryPaths.CANDIDATES).names().stream()
                    .sorted()
                    .toList();
        } catch (CoordinatorException.NoNode e) {
            return List.of();
        }
    }
}
