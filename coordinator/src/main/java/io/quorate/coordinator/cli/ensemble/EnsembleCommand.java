package io.quorate.coordinator.cli.ensemble;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.CoordinatorException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code quorate ensemble}: every member, whether or not there is a quorum. */
@Command(
        name = "ensemble",
        description = {
            "Show every member of the ensemble: mode, zxid, connections.",
            "Asks the servers that are named, and those that they, or the node /zookeeper/config, name.",
            "Ends with code 0 if all serve, 3 if some do not, serve only who reads, or more than one leads, 5 if none answers.",
            "",
            "Examples:",
            "  quorate ensemble --server zk1:2181,zk2:2181,zk3:2181",
            "  quorate ensemble --output json"
        },
        mixinStandardHelpOptions = true)
public final class EnsembleCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(EnsembleCommand.class);

    @Mixin
    private Access access;

    @Override
    public Integer call() throws AdminException {
        EnsembleProbe probe = new EnsembleProbe(access.timeout());
        probe.ask(access.servers());
        if (probe.somebodyServes()) {
            probe.learn(config());
        }
        EnsembleReport report = probe.report();
        return access.print(report, report.lowestZxid());
    }

    /** What the tree says of the members; empty if that cannot be read now, for the servers have told what they are. */
    private String config() {
        try (Link link = access.open()) {
            byte[] data = link.sync().getConfig().data();
            return data == null ? "" : new String(data, StandardCharsets.UTF_8);
        } catch (AdminException | CoordinatorException e) {
            LOG.debug("No configuration of the ensemble", e);
            return "";
        }
    }
}
