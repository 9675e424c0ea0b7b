package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.groups.examples.KilledMember;
import io.quorate.harness.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example does what it says: three processes, one is killed, two take over. */
final class KilledMemberTest {
    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @Test
    void twoTakeOverFromTheOneThatIsKilled() throws Exception {
        Path output = SERVER.folder().resolve("example.out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("quorate.opens", "").trim().split(" +", -1)));
        command.addAll(List.of("-cp", JavaProcess.classPath(), KilledMember.class.getName(), SERVER.connectString()));
        command.removeIf(String::isEmpty);
        Process example = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(example.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            example.descendants().forEach(ProcessHandle::destroyForcibly);
            example.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(example.exitValue()).as(text).isZero();
        assertThat(text).contains("shared among three", "member-1 is killed", "shared among two");
        List<String> lines = text.lines().toList();
        assertThat(lines).anyMatch(line -> line.startsWith("member-2 got"));
    }
}
