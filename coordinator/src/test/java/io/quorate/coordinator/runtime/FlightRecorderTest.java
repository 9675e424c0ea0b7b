package io.quorate.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightRecorderTest {

    private final FlightRecorder recorder = new FlightRecorder();

    @TempDir
    private Path folder;

    @Test
    void tellsTheEventsInTheirOrder() {
        recorder.note(0, new Event.LogFlushed(0x17));
        recorder.note(1, new Event.LogSpace(false));
        assertThat(recorder.lines())
                .containsExactly(
                        "1970-01-01T00:00:00Z LogFlushed of 0x0, 0x17",
                        "1970-01-01T00:00:00.001Z LogSpace of 0x0, 0x0");
    }

    @Test
    void forgetsTheOldestOnly() {
        for (int i = 1; i <= 10_000; i++) {
            recorder.note(0, new Event.LogFlushed(i));
        }
        List<String> lines = recorder.lines();
        assertThat(lines).hasSize(4096);
        assertThat(lines.get(0)).endsWith("0x" + Integer.toHexString(10_000 - 4096 + 1));
        assertThat(lines.get(4095)).endsWith("0x" + Integer.toHexString(10_000));
    }

    @Test
    void aServerThatDiesLeavesThemAndTheReason() throws Exception {
        recorder.note(0, new Event.LogFlushed(0x2a));
        Path file = folder.resolve("last-events.txt");
        FatalHandler fatal = new FatalHandler(recorder, file);
        IllegalStateException reason = new IllegalStateException("a flush failed");
        fatal.die(reason);
        fatal.die(new IllegalStateException("what follows from it"));
        assertThat(fatal.await()).isSameAs(reason);
        assertThat(Files.readString(file))
                .contains("a flush failed", "LogFlushed of 0x0, 0x2a")
                .doesNotContain("what follows");
    }

    @Test
    void aServerThatCannotLeaveThemDiesAllTheSame() throws Exception {
        FatalHandler fatal = new FatalHandler(recorder, folder.resolve("no-such-folder/last-events.txt"));
        fatal.die(new IOException("no space left"));
        assertThat(fatal.await()).hasMessage("no space left");
    }
}
