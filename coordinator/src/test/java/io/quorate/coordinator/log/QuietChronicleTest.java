package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuietChronicleTest {

    @TempDir
    private Path temp;

    /** Uses a log as the server does, then looks at its own open files. */
    static final class User {
        public static void main(String[] args) throws IOException {
            try (ChronicleTxnLog log = LogFixture.open(Path.of(args[0]), SMALL)) {
                for (long zxid = 1; zxid <= 40; zxid++) {
                    append(log, zxid, zxid, 30_000);
                    log.sync();
                }
                for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
                    reportSockets(Path.of("/proc/self/net", table));
                }
            }
        }

        /** A file that a thread in the background has closed meanwhile is none. */
        private static String target(Path file) throws IOException {
            try {
                return Files.readSymbolicLink(file).toString();
            } catch (NoSuchFileException e) {
                return "";
            }
        }

        /** The JDK itself holds pairs of local sockets; only those that are in a table of the network count. */
        private static void reportSockets(Path table) throws IOException {
            if (!Files.exists(table)) {
                return;
            }
            List<String> lines = Files.readAllLines(table);
            try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
                for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                    String target = target(file);
                    if (target.startsWith("socket:[")) {
                        String inode = " " + target.substring(8, target.length() - 1) + " ";
                        lines.stream().filter(line -> line.contains(inode)).forEach(System.out::println);
                    }
                }
            }
        }
    }

    @Test
    void itSaysNothingAndOpensNoSocket() throws Exception {
        ChildJvm.Result result =
                ChildJvm.run(temp, List.of(), User.class, temp.resolve("log").toString());
        assertThat(result.output()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void theReporterOfUsageIsNotThere() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
