package io.quorate.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints and with which code it ends. The server is one that ends at once. */
final class QuorateTest {

    @TempDir
    Path folder;

    private final List<ServerConfig> started = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return run(config -> new ShortLived(started, config), arguments);
    }

    private int run(ServerStart start, String... arguments) {
        return Quorate.run(arguments, start, new PrintWriter(out), new PrintWriter(err));
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("zoo.cfg"), List.of(lines)).toString();
    }

    /** A server that serves nobody and has ended when it is waited for. */
    private record ShortLived(List<ServerConfig> started, ServerConfig config) implements RunningServer {
        private ShortLived {
            started.add(config);
        }

        @Override
        public InetSocketAddress clientAddress() {
            return new InetSocketAddress("localhost", config.listener().port());
        }

        @Override
        public void awaitEnd() {
            assertThat(started).contains(config);
        }

        @Override
        public void close() {
            assertThat(started).contains(config);
        }
    }

    @Test
    void theServerGetsTheConfigurationAndItsFolders() throws IOException {
        int code = run("server", file("dataDir=" + folder.resolve("a/b"), "clientPort=2182"));

        assertThat(started).hasSize(1);
        assertThat(started.get(0).listener().port()).isEqualTo(2182);
        assertThat(folder.resolve("a/b")).isDirectory();
        assertThat(err).hasToString("quorate: the server ended by itself; the log says why\n");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aWordThatBeginsWithAtIsNoFileOfArguments() throws IOException {
        String file = file("--help");

        assertThat(run("version", "@" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("Unmatched argument at index 1: '@" + file + "'");
    }

    @Test
    void aWrongConfigurationIsOneMessageWithAllReasonsAndCodeTwo() throws IOException {
        String file = file("tickTime=no");

        assertThat(run("server", file)).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        """
                        quorate: Invalid config, exiting abnormally; correct these in %s
                          tickTime=no (from the file): expected a whole number from 1 up to 107374182
                          dataDir is not set: write dataDir=/path/to/data
                          clientPort is not set: nobody could connect; write clientPort=2181
                        """
                                .formatted(file));
        assertThat(out.toString()).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        String file = folder.resolve("none.cfg").toString();

        assertThat(run("server", file)).isEqualTo(2);
        assertThat(err.toString()).contains("the file " + file + " does not exist");
    }

    @Test
    void aDataFolderThatMayNotBeMadeIsCodeThree() throws IOException {
        assertThat(run("server", file("dataDir=" + folder.resolve("x"), "clientPort=1", "datadir.autocreate=false")))
                .isEqualTo(3);
        assertThat(err.toString())
                .isEqualTo(
                        "quorate: The data folder " + folder.resolve("x") + " does not exist and datadir.autocreate is"
                                + " false; create it, or check dataDir for a typing error.\n");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aDataFolderThatIsAFileIsCodeThree() throws IOException {
        Files.writeString(folder.resolve("x"), "");

        assertThat(run("server", file("dataDir=" + folder, "dataLogDir=" + folder.resolve("x"), "clientPort=1")))
                .isEqualTo(3);
        assertThat(err.toString()).contains(folder.resolve("x") + " is not a folder");
    }

    @Test
    void aStartThatFailsIsItsMessageAndItsCode() throws IOException {
        ServerStart failing = config -> {
            throw new StartException(ExitCode.OTHER, "port 1 is taken");
        };

        assertThat(run(failing, "server", file("dataDir=" + folder, "clientPort=1")))
                .isEqualTo(1);
        assertThat(err).hasToString("quorate: port 1 is taken\n");
    }

    @Test
    void aDefectShowsNoStackTrace() throws IOException {
        ServerStart broken = config -> {
            throw new IllegalStateException("broken");
        };

        assertThat(run(broken, "server", file("dataDir=" + folder, "clientPort=1")))
                .isEqualTo(1);
        assertThat(err)
                .hasToString(
                        "quorate: java.lang.IllegalStateException: broken (more with -Dquorate.log.level=debug)\n");
    }

    @Test
    void wrongArgumentsNameTheHelp() {
        assertThat(run()).isEqualTo(1);
        assertThat(run("serve")).isEqualTo(1);
        assertThat(run("server", "a", "b")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "quorate: no command given (see quorate --help)",
                        "quorate: Unmatched argument at index 0: 'serve' (see quorate --help)",
                        "quorate: Unmatched argument at index 2: 'b' (see quorate server --help)");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("server", "import", "config", "version");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("version")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.matches("Quorate \\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void importOfNothingSaysSoAndNeedsBothFolders() {
        assertThat(run("import", "--from", "/z", "--to", "/q")).isEqualTo(1);
        assertThat(err.toString()).contains("Nothing was imported");
        assertThat(run("import", "--from", "/z")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--to=DIR'");
    }

    @Test
    void theSettingsArePrintedForPeopleAndAsATable() {
        assertThat(run("config")).isZero();
        assertThat(out.toString()).contains("  tickTime = 3000 ms\n", "Settings of ZooKeeper that are not built yet\n");
        assertThat(run("config", "--markdown")).isZero();
        assertThat(out.toString()).contains("| `tickTime` | `3000 ms` | `-Dzookeeper.tickTime` | Base unit of time");
    }

    @Test
    void theManualHoldsExactlyThePrintedTable() throws IOException {
        String manual = Files.readString(Path.of(System.getProperty("quorate.root"), "docs", "OPERATING.md"));
        run("config", "--markdown");

        assertThat(manual)
                .as("renew it: coordinator/bin/quorate config --markdown")
                .contains("<!-- settings -->\n\n" + out + "\n<!-- /settings -->\n");
    }
}
