package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.tree.SubTree;
import io.quorate.wire.client.CoordinatorException;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the first word to a command, and others that begin with a slash to paths. */
final class Completion implements Completer {

    private final Supplier<ShellSession> session;

    Completion(Supplier<ShellSession> session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            ShellEntries.names().forEach(name -> candidates.add(new Candidate(name)));
        } else if (line.word().startsWith("/")) {
            String parent = line.word().substring(0, line.word().lastIndexOf('/'));
            for (String name : childrenOf(parent.isEmpty() ? "/" : parent)) {
                candidates.add(path(SubTree.child(parent.isEmpty() ? "/" : parent, name)));
            }
        }
    }

    /** One that may go on: no blank is put behind it. */
    private static Candidate path(String path) {
        return new Candidate(path, path, null, null, null, null, false);
    }

    private List<String> childrenOf(String parent) {
        try {
            return session.get().isOpen()
                    ? session.get().client().getChildren(parent).names()
                    : List.of();
        } catch (CoordinatorException e) {
            return List.of(); // nothing to offer; the command itself will say why
        }
    }
}
