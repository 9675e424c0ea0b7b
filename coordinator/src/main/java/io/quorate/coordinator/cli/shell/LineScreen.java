package io.quorate.coordinator.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with editing, history and completion. Events that come while a line is typed are printed above it. */
final class LineScreen implements Screen {

    private static final long ANNOUNCE_MILLIS = 1_000;

    private final Terminal terminal;
    private final LineReader reader;

    /** While a line is being completed, the reader lets nobody print; who brings the answer to that must not wait for it. */
    private final ExecutorService announcer = Executors.newSingleThreadExecutor(LineScreen::daemon);

    private LineScreen(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /** The terminal of this process. */
    static LineScreen open(Completer completer) {
        try {
            return on(TerminalBuilder.builder().system(true).build(), completer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any terminal; it is closed with the screen. */
    static LineScreen on(Terminal terminal, Completer completer) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(completer)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        return new LineScreen(terminal, reader);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "quorate-shell-events");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String ask(String prompt) {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (UserInterruptException e) {
                print("(quit or Ctrl-D ends the shell)"); // Ctrl-C drops the line, as in other shells
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public void print(String line) {
        if (reader.isReading()) {
            reader.printAbove(line);
        } else {
            terminal.writer().println(line);
            terminal.flush();
        }
    }

    @Override
    public void announce(String line) {
        announcer.execute(() -> print(line));
    }

    @Override
    public void printError(String line) {
        print(line);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public void close() {
        announcer.shutdown();
        try {
            announcer.awaitTermination(ANNOUNCE_MILLIS, TimeUnit.MILLISECONDS);
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
