package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.NodeStat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code quorate tree stat}. */
@Command(
        name = "stat",
        description = {
            "Print what a node tells about itself: zxids, times, versions, owner, sizes.",
            "",
            "Example: quorate tree stat /brokers/ids/1"
        },
        mixinStandardHelpOptions = true)
final class StatCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Parameters(index = "0", paramLabel = "PATH")
    private String path;

    @Override
    public Integer call() throws AdminException {
        return access.run(this::stat);
    }

    private Answer stat(Link link) throws AdminException {
        NodeStat node = link.sync().exists(path);
        if (!node.exists()) {
            throw new AdminException(
                    AdminExit.NOT_FOUND, "there is no node " + path + "; see what there is with: quorate tree ls /");
        }
        return new NodeState(path, null, node.stat(), true);
    }
}
