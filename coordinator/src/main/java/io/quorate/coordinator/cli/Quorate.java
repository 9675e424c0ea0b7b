package io.quorate.coordinator.cli;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.brokers.BrokersCommand;
import io.quorate.coordinator.cli.brokers.ControllerCommand;
import io.quorate.coordinator.cli.brokers.PartitionsCommand;
import io.quorate.coordinator.cli.brokers.TopicsCommand;
import io.quorate.coordinator.cli.demo.DemoCommand;
import io.quorate.coordinator.cli.ensemble.EnsembleCommand;
import io.quorate.coordinator.cli.groups.GroupsCommand;
import io.quorate.coordinator.cli.shell.ShellCommand;
import io.quorate.coordinator.cli.tree.TreeCommand;
import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import java.io.PrintWriter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The root of the command line: knows the subcommands, and turns every failure into one message and an exit code. */
@Command(
        name = "quorate",
        description = {
            "A metadata coordinator for message brokers that speaks ZooKeeper's protocols.",
            "",
            "Examples:",
            "  quorate server                        # a server on its own, on port 2181",
            "  quorate ensemble                      # how it is",
            "  quorate tree ls / --server zk1:2181   # what it holds"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Quorate implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Quorate.class);

    /** Those that run or prepare a server have its exit codes; all others, and words that are no command, have those of {@link AdminExit}. */
    private static final Set<String> OF_THE_SERVER = Set.of("server", "import", "config", "sim", "version");

    @Spec
    private CommandSpec spec;

    private Quorate() {}

    /** Runs the command with these arguments and returns the exit code. Never throws. */
    public static int run(String[] arguments, ServerStart start, PrintWriter out, PrintWriter err) {
        CommandLine command = commandLine(start).setOut(out).setErr(err);
        int code = command.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** The command with all its subcommands. */
    static CommandLine commandLine(ServerStart start) {
        return new CommandLine(new Quorate())
                .addSubcommand(new ServerCommand(start))
                .addSubcommand(new TreeCommand())
                .addSubcommand(new EnsembleCommand())
                .addSubcommand(ShellCommand.commandLine())
                .addSubcommand(new BrokersCommand())
                .addSubcommand(new ControllerCommand())
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new PartitionsCommand())
                .addSubcommand(new GroupsCommand())
                .addSubcommand(DemoCommand.commandLine((file, untilEnd) -> ServedFile.run(start, file, untilEnd)))
                .addSubcommand(new ImportCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new SimCommand())
                .addSubcommand(new VersionCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a name that begins with @ is data, too
                .setParameterExceptionHandler(Quorate::onWrongArguments)
                .setExecutionExceptionHandler(Quorate::onFailure);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int onWrongArguments(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("quorate: " + e.getMessage() + " (see " + name + " --help)");
        return isAdministration(command) ? AdminExit.FAILED.code() : ExitCode.CONFIG.code();
    }

    private static boolean isAdministration(CommandLine command) {
        CommandLine top = command;
        while (top.getParent() != null && top.getParent().getParent() != null) {
            top = top.getParent();
        }
        return !OF_THE_SERVER.contains(top.getCommandName());
    }

    private static int onFailure(Exception e, CommandLine command, ParseResult parsed) {
        LOG.debug("The command failed", e);
        if (e instanceof StartException start) {
            return fail(command, start.getMessage(), start.exitCode().code());
        }
        if (e instanceof AdminException admin) {
            return fail(command, admin.getMessage(), admin.exit().code());
        }
        return fail(command, e + " (more with -Dquorate.log.level=debug)", ExitCode.OTHER.code());
    }

    private static int fail(CommandLine command, String message, int code) {
        command.getErr().println("quorate: " + message);
        return code;
    }
}
