package io.quorate.coordinator.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with editing, history and completion. Events that come while a line is typed are printed above it. */
final class LineScreen implements Screen {

    private final Terminal terminal;
    private final LineReader reader;

    private LineScreen(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /** The terminal of this process. */
    static LineScreen open(Completer completer) {
        try {
            Terminal terminal = TerminalBuilder.builder().system(true).build();
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(completer)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            return new LineScreen(terminal, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    public void printError(String line) {
        print(line);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
