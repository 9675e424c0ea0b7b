package io.quorate.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.harness.Folders;
import io.quorate.harness.ServerKind;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What admin commands say, and with which code they end, when nobody answers or what was typed is wrong. */
final class AdminErrorsTest {

    private static final int RUNS = 10;

    /** One thread for each. */
    private static final Executor THREADS = task -> new Thread(task).start();

    @Test
    void whyNoServerAnswersIsSaidForEach() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int closed = ServerProcess.freePort();
            Outcome outcome = Operator.run(
                    "tree",
                    "ls",
                    "--server",
                    "127.0.0.1:" + closed + ",127.0.0.1:" + silent.getLocalPort() + ",no-such-host.invalid:2181",
                    "--timeout",
                    "300ms");

            assertThat(outcome.code()).isEqualTo(5);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err().lines())
                    .containsExactly(
                            "quorate: no session within 300 ms:",
                            "  127.0.0.1:" + closed + ": connection refused",
                            "  127.0.0.1:" + silent.getLocalPort() + ": read timed out",
                            "  no-such-host.invalid:2181: no address is known for no-such-host.invalid",
                            "Start a server with 'quorate server', or name another one with --server HOST:PORT.");
        }
    }

    @Test
    void wrongArgumentsAreCodeOneAndNameTheHelp() {
        assertThat(Operator.run("tree").code()).isEqualTo(1);
        assertThat(Operator.run("tree", "get").err())
                .isEqualTo("quorate: Missing required parameter: 'PATH' (see quorate tree get --help)\n");
        assertThat(Operator.run("tree", "ls", "--timeout", "soon").err())
                .contains("'soon' is no time; write 500ms, 10s or 2m");
        assertThat(Operator.run("ensemble", "--timeout", "40000m").err())
                .contains("'40000m' is more than a day; write 1440m or less");
        assertThat(Operator.run("tree", "ls", "--server", "host:port").err())
                .isEqualTo("quorate: --server host:port: no port in host:port; write host:port,host:port/chroot\n");
    }

    @Test
    void everyCommandHasAHelpWithAnExample() {
        helpOf(List.of());
    }

    private static void helpOf(List<String> words) {
        String[] command = new String[words.size() + 1];
        words.toArray(command)[words.size()] = "--help";
        String help = Operator.run(command).good();
        if (words.isEmpty() || !List.of("server", "config", "version").contains(words.get(0))) {
            assertThat(help).as("help of " + words).containsPattern("(?i)examples?:");
        }
        CommandLine at = Quorate.commandLine(config -> null);
        for (String word : words) {
            at = at.getSubcommands().get(word);
        }
        for (String next : at.getSubcommands().keySet()) {
            if (at.getSubcommands().get(next).getCommandSpec().usageMessage().hidden()) {
                continue; // what a command starts itself is not for people
            }
            List<String> longer = new java.util.ArrayList<>(words);
            longer.add(next);
            helpOf(longer);
        }
    }

    @Test
    void aServerThatStaysSilentDoesNotUseUpTheTimeOfTheOthers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.start(
                        ServerKind.QUORATE,
                        Folders.empty("cli", "silent"),
                        ServerProcess.freePort(),
                        Map.of(),
                        "-Xmx128m")) {
            String both = "127.0.0.1:" + silent.getLocalPort() + "," + server.connectString();
            // Which one is tried first is drawn each time.
            List<CompletableFuture<Outcome>> runs = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> Operator.run("tree", "ls", "--server", both, "--timeout", "9s"), THREADS))
                    .limit(RUNS)
                    .toList();
            assertThat(runs).allSatisfy(run -> assertThat(run.join().err()).isEmpty());
        }
    }
}
