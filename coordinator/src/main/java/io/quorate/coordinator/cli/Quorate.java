package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import java.io.PrintWriter;
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
        description = "A metadata coordinator for message brokers that speaks ZooKeeper's protocols.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Quorate implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Quorate.class);

    @Spec
    private CommandSpec spec;

    private Quorate() {}

    /** Runs the command with these arguments and returns the exit code. Never throws. */
    public static int run(String[] arguments, ServerStart start, PrintWriter out, PrintWriter err) {
        CommandLine command = new CommandLine(new Quorate())
                .addSubcommand(new ServerCommand(start))
                .addSubcommand(new ImportCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new SimCommand())
                .addSubcommand(new VersionCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Quorate::onWrongArguments)
                .setExecutionExceptionHandler(Quorate::onFailure);
        int code = command.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int onWrongArguments(ParameterException e, String[] arguments) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println("quorate: " + e.getMessage() + " (see " + name + " --help)");
        return ExitCode.CONFIG.code();
    }

    private static int onFailure(Exception e, CommandLine command, ParseResult parsed) {
        LOG.debug("The command failed", e);
        boolean expected = e instanceof StartException;
        command.getErr()
                .println("quorate: " + (expected ? e.getMessage() : e + " (more with -Dquorate.log.level=debug)"));
        return expected ? ((StartException) e).exitCode().code() : ExitCode.OTHER.code();
    }
}
