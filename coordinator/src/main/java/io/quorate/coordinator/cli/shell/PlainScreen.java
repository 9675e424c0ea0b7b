package io.quorate.coordinator.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Lines from a pipe or a file. The prompt is printed, because scripts wait for it. */
final class PlainScreen implements Screen {

    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;

    PlainScreen(BufferedReader in, PrintWriter out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public String ask(String prompt) {
        out.print(prompt);
        out.flush();
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void announce(String line) {
        print(line);
    }

    @Override
    public void printError(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}
