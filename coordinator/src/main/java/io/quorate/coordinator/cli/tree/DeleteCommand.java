package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate tree delete}. */
@Command(
        name = "delete",
        description = {
            "Delete a node.",
            "",
            "Examples:",
            "  quorate tree delete /greeting",
            "  quorate tree delete -R /consumers/old-group"
        },
        mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {

    /** Nodes per transaction. */
    private static final int BATCH = 200;

    @Mixin
    private Access access;

    @Parameters(index = "0", paramLabel = "PATH")
    private String path;

    @Option(
            names = {"-R", "--recursive"},
            description = "And everything below it.")
    private boolean recursive;

    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Only if the data has this version. Default: any.")
    private int version;

    @Override
    public Integer call() throws AdminException {
        if (recursive && version >= 0) {
            throw new AdminException(AdminExit.FAILED, "-R deletes whatever is there: it takes no --if-version");
        }
        if (recursive && path.equals("/")) {
            throw new AdminException(
                    AdminExit.FAILED, "-R / would delete everything there is: name its children instead");
        }
        return access.run(this::delete);
    }

    private Answer delete(Link link) {
        if (recursive) {
            return new Deleted(
                    path,
                    SubTree.delete(link.client(), path, BATCH, soFar -> link.hasDone(soFar + " nodes were deleted")));
        }
        link.sync().delete(path, version);
        return new Deleted(path, 1);
    }
}
