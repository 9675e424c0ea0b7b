package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.check.Violation;
import io.quorate.sim.plant.Plants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The textbook cases, told line by line. {@code -Dquorate.rewrite=true} renews what the scripts expect; what that changes is to
 * be read like any other change.
 */
final class ScriptTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("quorate.root", "..")).resolve("coordinator/src/test/resources/sim");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isPlayedAsWritten(Path script) throws IOException {
        String written = Files.readString(script);
        String played = Script.play(written);
        if (Boolean.getBoolean("quorate.rewrite")) {
            Files.writeString(script, played);
            return;
        }

        assertThat(played)
                .as("%s; renew it with -Dquorate.rewrite=true", script)
                .isEqualTo(written);
    }

    /** A script that goes on as if nothing was when its trap is fallen into shows nothing. */
    @ParameterizedTest
    @CsvSource({
        "ack-of-an-old-connection, trunc-skipped",
        "behind-by-diff, newleader-ack-early",
        "commit-before-uptodate, uptodate-misses-commits",
        "epoch-before-history, accepted-epoch-lost",
        "epoch-before-history, current-epoch-late",
        "hand-over, resubmitted-twice",
        "longest-log-leads, stale-votes",
        "proposal-before-newleader, newleader-ack-early",
        "proposal-nobody-else-has, trunc-skipped",
        "proposal-while-joining, proposals-skip-joining",
        "sessions-go-with-the-state, snap-loses-sessions",
    })
    void isNotPlayedAsWrittenWithADefect(String script, String defect) throws IOException {
        String written = Files.readString(FOLDER.resolve(script + ".txt"));
        String played;
        try {
            played = Script.play(written, Plants.make(defect));
        } catch (Violation found) {
            return;
        }

        assertThat(played).isNotEqualTo(written);
    }
}
