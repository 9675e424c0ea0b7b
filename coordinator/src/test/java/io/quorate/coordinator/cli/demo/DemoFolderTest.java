package io.quorate.coordinator.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {

    @TempDir
    private Path parent;

    /** As a demo leaves it that is killed: its lock is gone with it. */
    private Path killed(String name, Duration age) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.createDirectory(folder.resolve("server-1"));
        Files.writeString(folder.resolve("server-1").resolve("myid"), "1");
        Files.writeString(folder.resolve("lock"), "");
        return aged(folder, age);
    }

    private static Path aged(Path folder, Duration age) throws IOException {
        return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void theNextDemoRemovesWhatAKilledOneHasLeft() throws IOException {
        Path killed = killed("quorate-demo-1", Duration.ofHours(1));
        Path young = killed("quorate-demo-2", Duration.ZERO);
        Path other = killed("quorate-notes", Duration.ofHours(1));
        Path unknown = aged(Files.createDirectory(parent.resolve("quorate-demo-3")), Duration.ofHours(1));

        DemoFolder folder = DemoFolder.create(parent);

        assertThat(killed).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
        assertThat(unknown).exists();
        assertThat(folder.path()).exists();
        folder.remove();
    }

    @Test
    void oneThatRunsIsLeftAlone() throws IOException {
        DemoFolder first = DemoFolder.create(parent);
        aged(first.path(), Duration.ofHours(1));

        DemoFolder second = DemoFolder.create(parent);

        assertThat(first.path()).exists();
        first.remove();
        first.remove(); // once more does no harm
        second.remove();
        assertThat(parent).isEmptyDirectory();
    }
}
