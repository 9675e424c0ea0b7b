package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.NodeData;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate tree get}. */
@Command(
        name = "get",
        description = {
            "Print the data of a node.",
            "",
            "Examples:",
            "  quorate tree get -s /controller",
            "  quorate tree get --hex /some/bytes"
        },
        mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Parameters(index = "0", paramLabel = "PATH")
    private String path;

    @Option(names = "-s", description = "The Stat of the node as well.")
    private boolean withStat;

    @Option(
            names = {"-b", "--base64"},
            description = "The data in base 64.")
    private boolean base64;

    @Option(
            names = {"-x", "--hex"},
            description = "The data as a dump of its bytes.")
    private boolean hex;

    @Override
    public Integer call() throws AdminException {
        return access.run(this::get);
    }

    private Answer get(Link link) {
        NodeData node = link.sync().getData(path);
        return new NodeValue(path, node.data(), node.stat(), shown(node.data()), withStat);
    }

    private List<String> shown(byte[] data) {
        if (hex) {
            return DataText.dump(data);
        }
        return List.of(base64 ? DataText.base64(data) : DataText.plain(data));
    }
}
