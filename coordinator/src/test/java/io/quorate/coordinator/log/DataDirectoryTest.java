package io.quorate.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryTest {

    @TempDir
    private Path temp;

    private static List<String> tree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void missingDirectoriesAreCreated() {
        Path data = temp.resolve("a/data");
        Path logs = temp.resolve("b/logs");
        try (DataDirectory directory = DataDirectory.open(data, logs)) {
            assertThat(directory.snapshots())
                    .isEqualTo(data.resolve("quorate-1"))
                    .isDirectory();
            assertThat(directory.log()).isEqualTo(logs.resolve("quorate-1/log")).isDirectory();
            assertThat(data.resolve("quorate-1/format")).hasContent("1\n");
        }
        DataDirectory.open(data, logs).close();
    }

    @Test
    void aSecondServerIsToldWhoHoldsTheDirectory() {
        try (DataDirectory first = DataDirectory.open(temp, temp)) {
            assertThat(first.log()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(temp, temp))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectory.open(temp, temp).close();
    }

    @Test
    void theLogDirectoryIsHeldToo() {
        try (DataDirectory first = DataDirectory.open(temp.resolve("a"), temp.resolve("log"))) {
            assertThat(first.log()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(temp.resolve("b"), temp.resolve("log")))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("log is in use");
            DataDirectory.open(temp.resolve("b"), temp.resolve("log2")).close();
        }
    }

    /** Holds the directory named by its argument until its standard input ends. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (DataDirectory directory = DataDirectory.open(Path.of(args[0]), Path.of(args[0]))) {
                System.out.println("held " + directory.log());
                while (System.in.read() >= 0) {}
            }
        }
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstIsGone() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            assertThat(output.readLine()).startsWith("held");
            assertThatThrownBy(() -> DataDirectory.open(temp, temp))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        DataDirectory.open(temp, temp).close();
    }

    @Test
    void theDataOfAZooKeeperServerIsRefusedWithTheWayToImportIt() throws IOException {
        Files.createDirectories(temp.resolve("version-2"));
        List<String> before = tree(temp);
        assertThatThrownBy(() -> DataDirectory.open(temp, temp))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("quorate import --from " + temp);
        assertThat(tree(temp)).isEqualTo(before);
        DataDirectory.openForImport(temp, temp).close();
        DataDirectory.open(temp, temp).close();
    }

    @Test
    void aDirectoryThatSomethingElseLivesInIsRefusedAndNotTouched() throws IOException {
        Path logs = temp.resolve("logs");
        Path data = temp.resolve("data");
        Files.createDirectories(logs);
        Files.writeString(logs.resolve("important.db"), "x");
        List<String> before = tree(temp);
        assertThatThrownBy(() -> DataDirectory.open(data, logs))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("important.db");
        assertThat(tree(temp)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"myid", "initialize", "lost+found", "zookeeper_server.pid", ".hidden"})
    void whatOperatorsPutThereIsNoHindrance(String name) throws IOException {
        Files.writeString(temp.resolve(name), "1");
        DataDirectory.open(temp, temp).close();
        assertThat(temp.resolve(name)).hasContent("1");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        DataDirectory.open(temp, temp).close();
        Files.writeString(temp.resolve("quorate-1/format"), "2\n");
        assertThatThrownBy(() -> DataDirectory.open(temp, temp))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("format \"2\"");
    }

    @Test
    void aFileInPlaceOfADirectoryIsRefused() throws IOException {
        Path file = temp.resolve("data");
        Files.writeString(file, "x");
        assertThatThrownBy(() -> DataDirectory.open(file, file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below"), file.resolve("below")))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("below");
        assertThat(file).hasContent("x");
    }
}
