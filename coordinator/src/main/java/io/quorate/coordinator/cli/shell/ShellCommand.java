package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.link.TimeLimit;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorate shell}: the commands of ZooKeeper's shell, typed, piped, or one as arguments. */
@Command(
        name = "shell",
        description = {
            "Type commands at a server; 'help' lists them. They are those of ZooKeeper's zkCli.sh.",
            "Reads them from a pipe as well, or takes one as arguments.",
            "",
            "Examples:",
            "  quorate shell --server zk1:2181",
            "  echo 'ls -R /brokers' | quorate shell",
            "  quorate shell get -s /controller"
        },
        mixinStandardHelpOptions = true)
public final class ShellCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"--server", "-server"},
            paramLabel = "HOST:PORT,...",
            defaultValue = "${env:QUORATE_SERVER:-localhost:2181}",
            description = "Servers, and the chroot if there is one. Default: $QUORATE_SERVER, or else localhost:2181.")
    private String server;

    @Option(
            names = {"--timeout", "-timeout"},
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeLimit.class,
            description = "Session timeout, and how long to wait for answers. Default: 30s.")
    private Duration timeout;

    @Option(
            names = {"-r", "--read-only"},
            description = "A server that has lost its quorum will do, for reading.")
    private boolean readOnly;

    @Option(names = "-client-configuration", hidden = true, paramLabel = "FILE", description = "Not built yet.")
    private String clientConfiguration;

    @Parameters(paramLabel = "COMMAND", description = "One command, instead of asking for them.")
    private List<String> words = new ArrayList<>();

    /** The command; what stands behind the first word for the shell is the shell's own. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new ShellCommand()).setStopAtPositional(true);
        // It always waits; the option of old scripts is accepted.
        command.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-waitforconnection")
                        .type(boolean.class)
                        .hidden(true)
                        .build());
        return command;
    }

    @Override
    public Integer call() throws AdminException {
        if (clientConfiguration != null) {
            throw new AdminException(
                    AdminExit.FAILED, "-client-configuration is not built: the client has no TLS yet; leave it out");
        }
        AtomicReference<ShellSession> session = new AtomicReference<>();
        try (Screen screen = screen(session)) {
            session.set(new ShellSession(screen, timeout, readOnly));
            return words.isEmpty() ? converse(screen, session.get()) : once(session.get());
        }
    }

    private Screen screen(AtomicReference<ShellSession> session) {
        if (words.isEmpty() && System.console() != null) {
            return LineScreen.open(new Completion(session::get));
        }
        PrintWriter out = spec.commandLine().getOut();
        return new PlainScreen(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                out,
                spec.commandLine().getErr());
    }

    private int converse(Screen screen, ShellSession session) throws AdminException {
        if (screen.isInteractive()) {
            screen.print("Connecting to " + server + " … 'help' lists the commands, 'quit' ends.");
        }
        session.connect(server);
        try {
            return session.run();
        } finally {
            session.printWatches(false); // nobody asked for the end of the session, the input has ended
            session.disconnect();
        }
    }

    private int once(ShellSession session) throws AdminException {
        session.printWatches(false);
        session.connect(server);
        try {
            return session.runOne(words);
        } finally {
            session.disconnect();
        }
    }
}
