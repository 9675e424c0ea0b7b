package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate demo}: a cluster to look at, and to kill parts of. */
@Command(
        name = "demo",
        description = {
            "Run three servers, three brokers, a topic and a group of two members on this machine.",
            "Kill some at the prompt, and look at the others with the other commands in another terminal.",
            "All are processes of their own. Everything is removed at the end, or, if it is killed, by the next demo.",
            "",
            "Examples:",
            "  quorate demo",
            "  echo status | quorate demo"
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    static final String TOPIC = "orders";
    static final String GROUP = "billing";
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    /** The command, with a hidden one for each kind of part; {@code server} runs those that are servers. */
    public static CommandLine commandLine(ServerRun server) {
        return new CommandLine(new DemoCommand())
                .addSubcommand(new ServerPart(server))
                .addSubcommand(new BrokerPart())
                .addSubcommand(new MemberPart());
    }

    @Override
    public Integer call() throws AdminException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DemoCluster cluster = DemoCluster.create(part -> say(out, part.state()))) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(cluster::close, "demo-end")); // Ctrl-C, too, ends everything
            build(cluster, out);
            describe(cluster, out);
            new DemoPrompt(cluster, in, out).run();
            say(out, "Ending …");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AdminExit.FAILED.code();
        }
        say(out, "All processes have ended, and their data is removed.");
        return AdminExit.OK.code();
    }

    private void build(DemoCluster cluster, PrintWriter out) throws AdminException, InterruptedException {
        say(out, "Starting three servers and three brokers …");
        for (PartName.Kind kind : List.of(PartName.Kind.SERVER, PartName.Kind.BROKER)) {
            for (int i = 1; i <= DemoCluster.BROKERS; i++) {
                cluster.start(new PartName(kind, Integer.toString(i)));
            }
        }
        cluster.awaitBrokers(START_LIMIT);
        say(out, "Creating a topic: quorate topics create " + TOPIC + " --partitions 6 --replication-factor 2");
        createTopic(cluster.connectString());
        say(out, "Starting two members of a group …");
        cluster.start(new PartName(PartName.Kind.MEMBER, "a"));
        cluster.start(new PartName(PartName.Kind.MEMBER, "b"));
    }

    /** With the command that a person would type. */
    private void createTopic(String servers) throws AdminException {
        CommandLine topics = spec.parent().subcommands().get("topics");
        String[] words = ("create " + TOPIC + " --partitions 6 --replication-factor 2 --server " + servers
                        + " --timeout " + START_LIMIT.toSeconds() + "s")
                .split(" ", -1);
        if (topics.execute(words) != 0) {
            throw new AdminException(AdminExit.FAILED, "the topic could not be created");
        }
    }

    private static void describe(DemoCluster cluster, PrintWriter out) {
        out.println();
        cluster.parts().forEach(part -> out.println("  " + part.state()));
        out.println("  data and logs in " + cluster.folder());
        out.println();
        out.println("Look at it from another terminal:");
        for (String command : List.of(
                "ensemble",
                "brokers list",
                "controller show",
                "topics describe " + TOPIC,
                "groups describe " + GROUP + " --verbose")) {
            out.println("  quorate " + command + " --server " + cluster.connectString());
        }
        out.println(
                "Type here: 'kill broker 2', 'kill server 1', 'kill member a', 'start broker 2', 'status' or 'quit'.");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
