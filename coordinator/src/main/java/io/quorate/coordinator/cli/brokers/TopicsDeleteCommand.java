package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quorate topics delete}: asks the controller for it (broker-registry 10), which does it when it can. */
@Command(
        name = "delete",
        description = {
            "Ask the controller to delete a topic and all its data.",
            "",
            "Example: quorate topics delete orders"
        },
        mixinStandardHelpOptions = true)
final class TopicsDeleteCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private TopicName topic;

    @Mixin
    private NewNodes nodes;

    @Option(names = "--if-exists", description = "Do nothing if there is no such topic.")
    private boolean ifExists;

    private String name;

    @Override
    public Integer call() throws AdminException {
        name = topic.required();
        return access.run(this::delete);
    }

    private Answer delete(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        if (!link.await(reader.topicNames()).contains(name)) {
            if (ifExists) {
                return new TopicChange(name, "There is no topic " + name + ".", false);
            }
            throw TopicBatches.missing(name);
        }
        try {
            String mark = RegistryPaths.DELETE_TOPICS + "/" + name;
            link.sync().create(mark, null, nodes.policy().forNode(mark), CreateMode.PERSISTENT);
        } catch (CoordinatorException.NodeExists e) {
            return new TopicChange(name, "Topic " + name + " is marked for deletion already.", false);
        } catch (CoordinatorException.NoNode e) {
            throw new AdminException(
                    AdminExit.NOT_FOUND,
                    RegistryPaths.DELETE_TOPICS + " does not exist, so no broker that can delete topics ever ran here",
                    e);
        }
        ControllerInfo controller = link.await(reader.controller());
        String who = controller == null
                ? "No broker is controller now; the next one deletes it."
                : "Broker " + controller.brokerId() + ", the controller, deletes it.";
        return new TopicChange(name, "Topic " + name + " is marked for deletion. " + who, true);
    }
}
