package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.config.ProcessFacts;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.SyncClient;
import io.quorate.wire.client.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One run of the shell: reads lines, carries them out, and remembers them. Used by one thread; events are printed by another. */
final class ShellSession {

    private final Screen screen;
    private final ShellConnection connection;
    private final ShellHistory history = new ShellHistory();
    private final Watcher watcher;
    private String connectString;
    private volatile boolean printsWatches = true;
    private boolean ended;
    private int exitCode;

    ShellSession(Screen screen, Duration sessionTimeout, boolean readOnly) {
        this.screen = screen;
        this.connection = new ShellConnection(sessionTimeout, readOnly, this::onEvent);
        this.watcher = connection::onNode;
    }

    private void onEvent(String event) {
        if (printsWatches) {
            screen.announce("\nWATCHER::\n\n" + event);
        }
    }

    /** Begins a session with other servers. */
    void connect(String servers) throws AdminException {
        connectString = servers;
        connection.open(servers);
    }

    /**
     * Carries out lines until there are no more, or one of them ends the shell. Gives the exit code: that of the last command
     * before the one that ended it.
     */
    int run() {
        while (!ended) {
            String line = screen.ask("[zk: " + connectString + "(" + connection.state() + ") " + history.next() + "] ");
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                history.add(line);
                int code = runOne(Words.of(line));
                exitCode = ended ? exitCode : code;
            }
        }
        return exitCode;
    }

    /** Carries out one command; gives 0, or an exit code if it failed, and then the reason has been printed. */
    int runOne(List<String> words) {
        try {
            execute(words);
            return 0;
        } catch (ShellFailure e) {
            screen.printError(e.getMessage());
            return e.exitCode();
        } catch (CoordinatorException e) {
            screen.printError(ShellErrors.of(e));
        } catch (IllegalArgumentException e) {
            screen.printError(e.getMessage());
        }
        return ShellFailure.FAILED;
    }

    /** Carries out one command. */
    void execute(List<String> words) throws ShellFailure {
        ShellEntry entry = ShellEntries.find(words.get(0));
        if (entry == null) {
            ShellEntries.usage().forEach(screen::printError);
            throw ShellFailure.notFound(words.get(0));
        }
        if (!entry.offline() && !connection.isOpen()) {
            throw new ShellFailure("Not connected");
        }
        Arguments arguments = Arguments.parse(entry.options(), words.subList(1, words.size()));
        if (arguments.words().size() < entry.words()) {
            throw new ShellFailure(entry.usage());
        }
        entry.action().run(arguments, this);
    }

    /** Whether there is a session. */
    boolean isOpen() {
        return connection.isOpen();
    }

    /** The version of this build. */
    String version() {
        return ProcessFacts.version();
    }

    /** What waits for answers. */
    SyncClient client() {
        return connection.client().sync();
    }

    /** What gives futures. */
    CoordinatorClient asyncClient() {
        return connection.client();
    }

    /** Prints what it is told; always the same one, so that watches can be removed. */
    Watcher watcher() {
        return watcher;
    }

    ShellHistory history() {
        return history;
    }

    /** Begins another session with the same servers. */
    void reconnect() throws AdminException {
        connection.open(connectString);
    }

    /** Ends the session. */
    void disconnect() {
        connection.close();
    }

    /** Ends the session; no line is read any more. */
    void end() {
        disconnect();
        ended = true;
    }

    boolean printsWatches() {
        return printsWatches;
    }

    void printWatches(boolean print) {
        printsWatches = print;
    }

    void print(String line) {
        screen.print(line);
    }

    void printError(String line) {
        screen.printError(line);
    }

    void print(Stream<String> lines) {
        lines.forEach(screen::print);
    }
}
