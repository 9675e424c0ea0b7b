package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.proto.Stat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate tree set}. */
@Command(
        name = "set",
        description = {
            "Replace the data of a node.",
            "",
            "Examples:",
            "  quorate tree set /greeting hello",
            "  quorate tree set -v 3 /greeting --file greeting.txt"
        },
        mixinStandardHelpOptions = true)
final class SetCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private DataSource source;

    @Parameters(index = "0", paramLabel = "PATH")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = "The new data, unless --file is given.")
    private String data;

    @Option(names = "-s", description = "Print the new Stat as well.")
    private boolean withStat;

    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Only if the data has this version. Default: any.")
    private int version;

    @Override
    public Integer call() throws AdminException {
        byte[] bytes = source.bytes(data);
        if (bytes == null) {
            throw new AdminException(AdminExit.FAILED, "there is no data: give DATA or --file FILE");
        }
        return access.run(link -> set(link, bytes));
    }

    private Answer set(Link link, byte[] bytes) {
        Stat stat = link.sync().setData(path, bytes, version).stat();
        return new NodeState(path, "Set " + path + ", which has version " + stat.version() + " now", stat, withStat);
    }
}
