package io.quorate.coordinator.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.coordinator.cli.Operator;
import io.quorate.harness.JavaProcess;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person uses it: started, looked at, parts killed and started again, ended by a word or by Ctrl-C. */
@Timeout(900)
final class DemoCommandTest {

    private static final int PARTITIONS = 6;
    private static final Pattern SERVERS = Pattern.compile("quorate ensemble --server (\\S+)");

    @TempDir
    private Path temporary;

    private final List<ProcessHandle> parts = new ArrayList<>();
    private Process demo;
    private Reader screen;
    private Writer keyboard;

    @AfterEach
    void killWhatIsLeft() {
        if (demo != null) {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
        parts.forEach(ProcessHandle::destroyForcibly);
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("quorate.opens").trim().split(" +", -1)));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-ea"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", JavaProcess.classPath()));
        command.addAll(List.of("io.quorate.coordinator.Main", "demo"));
        demo = new ProcessBuilder(command).redirectErrorStream(true).start();
        screen = new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8);
        keyboard = demo.outputWriter(StandardCharsets.UTF_8);
    }

    /** Gives what the demo prints, up to the end of {@code end}. */
    private String readTo(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = screen.read();
            assertThat(next).as("the demo ended early:\n" + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    /** Types a line and gives what is answered. */
    private String type(String line) throws IOException {
        keyboard.write(line + "\n");
        keyboard.flush();
        return readTo(DemoPrompt.PROMPT);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(500));
    }

    private void assertNothingIsLeft() throws InterruptedException, IOException {
        assertThat(demo.waitFor(4, TimeUnit.MINUTES)).isTrue();
        await("the end of all parts").until(() -> parts.stream().noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("quorate-demo"));
        }
    }

    @Test
    void whoKillsPartsSeesTheOthersTakeOverAndNothingIsLeftAtTheEnd() throws Exception {
        start();
        String description = readTo(DemoPrompt.PROMPT);
        demo.descendants().forEach(parts::add);
        assertThat(parts).hasSize(8);
        Matcher servers = SERVERS.matcher(description);
        assertThat(servers.find()).as(description).isTrue();
        Operator operator = new Operator(() -> servers.group(1));

        await("three brokers")
                .until(() -> operator.json("brokers", "list").at("/brokers").size() == 3);
        await("both members own partitions").until(() -> owners(operator).size() == 2);

        await("a controller").until(() -> isOtherController(operator, 0));
        int controller = operator.json("controller", "show").at("/id").asInt();
        assertThat(type("kill broker " + controller)).contains("broker " + controller + "   has ended, killed by");
        assertThat(type("kill member a")).contains("member a   has ended, killed by");
        assertThat(type("kill member a")).contains("no member a is running");
        await("the broker is gone")
                .until(() -> operator.json("brokers", "list").at("/brokers").size() == 2);
        await("another controller").until(() -> isOtherController(operator, controller));
        await("one member owns all partitions").until(() -> owners(operator).size() == 1);

        assertThat(type("start broker " + controller)).contains("broker " + controller + "   pid ");
        demo.descendants().forEach(parts::add);
        await("the broker is back")
                .until(() -> operator.json("brokers", "list").at("/brokers").size() == 3);
        assertThat(type("status")).contains("member a   has ended", "broker " + controller + "   pid ");

        keyboard.write("quit\n");
        keyboard.flush();
        readTo("All processes have ended, and their data is removed.");
        assertNothingIsLeft();
        assertThat(demo.exitValue()).isZero();
    }

    private static boolean isOtherController(Operator operator, int before) {
        Operator.Outcome now = operator.types("controller", "show", "--output", "json");
        return now.code() == 0 && now.json().at("/id").asInt() != before;
    }

    /** Who owns partitions, if all are owned; else nobody. */
    private static TreeSet<String> owners(Operator operator) {
        TreeSet<String> owners = new TreeSet<>();
        Operator.Outcome outcome = operator.types("groups", "describe", DemoCommand.GROUP, "--output", "json");
        if (outcome.code() != 0) {
            return owners; // the group comes into being with its first member
        }
        JsonNode partitions = outcome.json().at("/partitions");
        int owned = 0;
        for (JsonNode each : partitions) {
            if (!each.at("/owner").isNull()) {
                owners.add(each.at("/owner").asText());
                owned++;
            }
        }
        return owned == PARTITIONS ? owners : new TreeSet<>();
    }

    @Test
    void ctrlCEndsEverythingEvenWhileItStarts() throws Exception {
        start();
        readTo("Starting three servers and three brokers");
        await("six parts").until(() -> demo.descendants().count() == 6);
        demo.descendants().forEach(parts::add);

        demo.destroy(); // a signal that lets shutdown hooks run, as Ctrl-C does

        assertNothingIsLeft();
    }
}
