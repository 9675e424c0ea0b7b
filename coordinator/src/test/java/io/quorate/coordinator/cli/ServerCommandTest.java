package io.quorate.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a server process: it waits until it is told to end, and then closes what it has opened. */
final class ServerCommandTest {

    /** What the JVM ends with after SIGTERM: 128 + 15. */
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void sigtermClosesTheServerBeforeTheProcessEnds() throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("zoo.cfg"), List.of("dataDir=" + folder, "clientPort=1"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JavaProcess.classPath(),
                        PatientServer.class.getName(),
                        "server",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            awaitLine(output, "waiting");
            process.toHandle().destroy(); // unlike Process.destroy, it leaves the output open
            awaitLine(output, "closed");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitLine(BufferedReader output, String wanted) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(wanted)) {
            line = output.readLine();
        }
        assertThat(line).as("the process ended without saying it").isEqualTo(wanted);
    }
}
