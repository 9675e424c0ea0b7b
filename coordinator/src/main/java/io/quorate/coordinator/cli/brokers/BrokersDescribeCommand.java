package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.store.PipelinedReads.ReadRefusedException;
import io.quorate.registry.store.TreeReader;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code quorate brokers describe}. */
@Command(
        name = "describe",
        description = {"Show all that is known about one broker.", "", "Example: quorate brokers describe 1"},
        mixinStandardHelpOptions = true)
final class BrokersDescribeCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Parameters(index = "0", paramLabel = "ID")
    private int id;

    @Override
    public Integer call() throws AdminException {
        return access.run(this::describe);
    }

    private Answer describe(Link link) throws AdminException {
        TreeReader reader = BrokerRegistry.on(link.client()).read();
        Broker broker = link.await(reader.broker(id));
        if (broker == null) {
            List<Integer> others = List.copyOf(link.await(reader.brokers()).keySet());
            throw new AdminException(
                    AdminExit.NOT_FOUND,
                    "broker " + id + " is not registered; "
                            + (others.isEmpty() ? "no broker is" : "registered are " + Texts.ids(others)));
        }
        byte[] body = link.sync().getData(RegistryPaths.broker(id)).data();
        return new BrokerDetails(broker, body, configOrNull(link, reader));
    }

    /** In a tree with access lists only brokers may read it; all else can be shown without. */
    private SortedMap<String, String> configOrNull(Link link, TreeReader reader) throws AdminException {
        try {
            return link.await(reader.config(ConfigEntity.broker(id)));
        } catch (ReadRefusedException e) {
            if (e.error() == ErrorCode.NO_AUTH) {
                return null;
            }
            throw e;
        }
    }
}
