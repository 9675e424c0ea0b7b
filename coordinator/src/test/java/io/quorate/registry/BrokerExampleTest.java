package io.quorate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.harness.JavaProcess;
import io.quorate.registry.examples.BrokerExample;
import io.quorate.wire.client.CoordinatorClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example does what it says: it registers, becomes controller, and leaves when a line is typed. */
final class BrokerExampleTest {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @Test
    void aBrokerRegistersAndLeavesWhenALineIsTyped() throws Exception {
        Path output = SERVER.folder().resolve("broker-example.out");
        Process example = start(output);
        try (CoordinatorClient client =
                CoordinatorClient.builder(SERVER.connectString()).connect()) {
            Awaitility.await("the broker says that it is controller")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> Files.readString(output).contains("controller is broker 7"));
            assertThat(BrokerRegistry.on(client).read().brokers().join()).containsOnlyKeys(7);
            example.outputWriter().append('\n').flush();
            assertThat(example.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(BrokerRegistry.on(client).read().brokers().join()).isEmpty();
        } finally {
            example.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(example.exitValue()).as(text).isZero();
        assertThat(text).contains("registered with epoch ", "this broker is controller number 1", "leaving");
    }

    private static Process start(Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED")); // as the README says
        command.addAll(
                List.of("-cp", JavaProcess.classPath(), BrokerExample.class.getName(), SERVER.connectString(), "7"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
