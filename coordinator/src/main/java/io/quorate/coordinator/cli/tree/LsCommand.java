package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.Children;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate tree ls}. */
@Command(
        name = "ls",
        description = {
            "List the children of a node, sorted by name.",
            "",
            "Examples:",
            "  quorate tree ls /brokers/ids",
            "  quorate tree ls -R /consumers"
        },
        mixinStandardHelpOptions = true)
final class LsCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PATH", defaultValue = "/", description = "Default: /")
    private String path;

    @Option(names = "-s", description = "The Stat of the node as well.")
    private boolean withStat;

    @Option(names = "-R", description = "The node and everything below it, one path per line.")
    private boolean recursive;

    @Override
    public Integer call() throws AdminException {
        return access.run(this::list);
    }

    private Answer list(Link link) {
        if (recursive) {
            return new SubTreeListing(path, SubTree.paths(link.client(), path));
        }
        Children children = link.sync().getChildren(path);
        return new NodeListing(path, children.names().stream().sorted().toList(), withStat ? children.stat() : null);
    }
}
