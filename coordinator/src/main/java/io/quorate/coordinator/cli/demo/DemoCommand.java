package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.brokers.TopicsCommand;
import io.quorate.coordinator.cli.link.Link;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorate demo}: a cluster to look at, and to kill parts of. */
@Command(
        name = "demo",
        description = {
            "Run three servers, three brokers, a topic and a group of two consumers on this machine.",
            "All are processes of their own: kill some, and look at the others with the other commands.",
            "Everything is removed at the end.",
            "",
            "Examples:",
            "  quorate demo",
            "  quorate demo --seconds 60"
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    static final String TOPIC = "orders";
    static final String GROUP = "billing";
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 250;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "-1",
            description = "End by itself after so long. Default: only with Ctrl-C.")
    private long seconds;

    /** The command, with a hidden one for each kind of part; {@code server} runs those that are servers. */
    public static CommandLine commandLine(ServerRun server) {
        return new CommandLine(new DemoCommand())
                .addSubcommand(new ServerPart(server))
                .addSubcommand(new BrokerPart())
                .addSubcommand(new ConsumerPart());
    }

    @Override
    public Integer call() throws AdminException {
        PrintWriter out = spec.commandLine().getOut();
        try (DemoCluster cluster = DemoCluster.create()) {
            // Ctrl-C, too, ends everything.
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "demo-end"));
            build(cluster, out);
            describe(cluster, out);
            watch(cluster, out);
            out.println("Ending …");
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AdminExit.FAILED.code();
        }
        out.println("All processes have ended, and their data is removed.");
        return AdminExit.OK.code();
    }

    private static void build(DemoCluster cluster, PrintWriter out) throws AdminException, InterruptedException {
        say(out, "Starting three servers …");
        cluster.startServers();
        try (Link link = cluster.connect(START_LIMIT)) {
            say(out, "Starting three brokers …");
            cluster.startBrokers();
            cluster.awaitBrokers(link, START_LIMIT);
        }
        say(out, "Creating a topic: quorate topics create " + TOPIC + " --partitions 6 --replication-factor 2");
        int code = new CommandLine(new TopicsCommand())
                .setOut(out)
                .execute(
                        "create",
                        TOPIC,
                        "--partitions",
                        "6",
                        "--replication-factor",
                        "2",
                        "--server",
                        cluster.servers().connectString(),
                        "--timeout",
                        START_LIMIT.toSeconds() + "s");
        if (code != 0) {
            throw new AdminException(AdminExit.FAILED, "the topic could not be created");
        }
        say(out, "Starting two consumers …");
        cluster.startConsumers();
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static void describe(DemoCluster cluster, PrintWriter out) {
        out.println();
        cluster.parts()
                .forEach(part -> out.printf("  %-12s pid %d%n", part.name(), part.process().pid()));
        out.println("  data and logs in " + cluster.folder());
        out.println();
        out.println("Look at it from another terminal:");
        out.println("  export QUORATE_SERVER=" + cluster.servers().connectString());
        out.println("  quorate ensemble");
        out.println("  quorate brokers list");
        out.println("  quorate controller show");
        out.println("  quorate topics describe " + TOPIC);
        out.println("  quorate groups describe " + GROUP + " --verbose");
        out.println("Kill a server, a broker or a consumer, and look again:");
        out.println("  kill -9 " + cluster.parts().get(0).process().pid());
        say(out, "Ctrl-C ends everything and removes it.");
    }

    private void watch(DemoCluster cluster, PrintWriter out) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (seconds < 0 || System.nanoTime() < deadline) {
            cluster.newlyEnded().forEach(part -> say(out, part.end()));
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
