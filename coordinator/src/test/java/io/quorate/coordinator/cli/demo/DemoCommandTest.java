package io.quorate.coordinator.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.coordinator.cli.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo as a person uses it: started, looked at, a part killed, ended by Ctrl-C or by itself. */
@Timeout(600)
final class DemoCommandTest {

    private static final Pattern PART = Pattern.compile("  (\\w+ \\d) +pid (\\d+)");

    private final Map<String, Long> pids = new TreeMap<>();
    private Process demo;
    private BufferedReader screen;
    private String servers;
    private Path folder;

    @AfterEach
    void killWhatIsLeft() {
        if (demo != null) {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("quorate.opens").trim().split(" +", -1)));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-ea", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of("io.quorate.coordinator.Main", "demo"));
        command.addAll(List.of(options));
        demo = new ProcessBuilder(command).redirectErrorStream(true).start();
        screen = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Reads what the demo prints until it asks to be looked at. */
    private void readDescription() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = screen.readLine(); ; line = screen.readLine()) {
            assertThat(line).as("the demo ended early:\n" + all).isNotNull();
            all.append(line).append('\n');
            Matcher part = PART.matcher(line);
            if (part.matches()) {
                pids.put(part.group(1), Long.parseLong(part.group(2)));
            }
            if (line.startsWith("  export QUORATE_SERVER=")) {
                servers = line.substring(line.indexOf('=') + 1);
            }
            if (line.startsWith("  data and logs in ")) {
                folder = Path.of(line.substring("  data and logs in ".length()));
            }
            if (line.startsWith("Ctrl-C")) {
                return;
            }
        }
    }

    private void awaitLine(String beginning) throws IOException {
        for (String line = screen.readLine(); ; line = screen.readLine()) {
            assertThat(line).as("the demo ended without printing " + beginning).isNotNull();
            if (line.startsWith(beginning)) {
                return;
            }
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }

    private void assertNothingIsLeft() throws InterruptedException {
        assertThat(demo.waitFor(3, TimeUnit.MINUTES)).isTrue();
        await("the end of all parts").until(() -> pids.values().stream()
                .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
        assertThat(folder).doesNotExist();
    }

    @Test
    void aPersonSeesItKillsPartsAndEndsItWithCtrlC() throws Exception {
        start();
        readDescription();
        assertThat(pids).containsOnlyKeys(
                "server 1", "server 2", "server 3", "broker 1", "broker 2", "broker 3", "consumer 1", "consumer 2");
        Operator operator = new Operator(() -> servers);

        assertThat(operator.json("ensemble").at("/serving").asInt()).isEqualTo(3);
        assertThat(operator.json("brokers", "list").at("/brokers")).hasSize(3);
        await("leaders for all partitions")
                .until(() -> operator.json("partitions", "list", "--offline").at("/partitions").isEmpty());
        await("all partitions owned and committed").until(() -> isConsumed(operator.json("groups", "describe", "billing")));

        int controller = operator.json("controller", "show").at("/id").asInt();
        ProcessHandle.of(pids.get("broker " + controller)).orElseThrow().destroyForcibly();
        awaitLine("broker " + controller + " (pid ");
        await("another controller").until(() -> {
            Operator.Outcome now = operator.types("controller", "show", "--output", "json");
            return now.code() == 0 && now.json().at("/id").asInt() != controller;
        });

        demo.toHandle().destroy(); // as Ctrl-C does, it lets shutdown hooks run
        assertNothingIsLeft();
    }

    private static boolean isConsumed(JsonNode group) {
        JsonNode partitions = group.at("/partitions");
        boolean all = partitions.size() == 6;
        for (JsonNode each : partitions) {
            all &= !each.at("/owner").isNull() && each.at("/current_offset").asLong() > 0;
        }
        return all;
    }

    @Test
    void itEndsByItselfAndLeavesNothing() throws Exception {
        start("--seconds", "0");
        readDescription();
        awaitLine("All processes have ended");

        assertNothingIsLeft();
        assertThat(demo.exitValue()).isZero();
        assertThat(Files.exists(folder)).isFalse();
    }
}
