package io.quorate.coordinator.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jline.reader.Candidate;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class LineScreenTest {

    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final ExecutorService person = Executors.newSingleThreadExecutor();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @AfterEach
    void end() {
        callbacks.shutdownNow();
        person.shutdownNow();
    }

    /** The client's one thread brings an event, and behind it the answer that the completion of a line waits for. */
    @Test
    void anEventThatComesBeforeTheAnswerToTabHoldsUpNobody() throws IOException {
        PipedOutputStream keyboard = new PipedOutputStream();
        ExternalTerminal terminal =
                new ExternalTerminal("test", "ansi", new PipedInputStream(keyboard), shown, StandardCharsets.UTF_8);
        CompletableFuture<LineScreen> made = new CompletableFuture<>();
        LineScreen screen = LineScreen.on(terminal, (reader, line, candidates) -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            callbacks.execute(() -> {
                made.join().announce("an event");
                answer.complete("/brokers");
            });
            candidates.add(new Candidate(answer.orTimeout(2, TimeUnit.MINUTES).join()));
        });
        made.complete(screen);

        CompletableFuture<String> typed = CompletableFuture.supplyAsync(() -> screen.ask("> "), person);
        keyboard.write("ls /b\t\r".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();

        assertThat(typed).succeedsWithin(Duration.ofMinutes(1)).asString().startsWith("ls /brokers");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> shown.toString(StandardCharsets.UTF_8)
                .contains("an event"));
        screen.close();
    }
}
