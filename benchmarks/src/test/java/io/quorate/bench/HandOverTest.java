package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement of a hand-over and a roll-over, on a real ensemble whose clients see no error. */
final class HandOverTest {

    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void clientsWaitAndSeeNoError() throws IOException {
        List<String> settings =
                List.of("4lw.commands.whitelist=srvr,hand", "quorate.testingonly.epochCounterMax=12096");
        Side side = new Side("quorate", ServerKind.QUORATE, JVM, settings);
        try (Ensemble ensemble = Ensemble.start(side, folder, Ensemble.MEMBERS)) {
            Server before = ensemble.leader();
            assertThat(HandOver.handOvers(ensemble, 1).ofFollower()).hasSize(1).allMatch(gap -> gap > 0);
            assertThat(ensemble.leader()).isNotSameAs(before);
            assertThat(HandOver.rollOvers(ensemble, 1).ofLeader()).hasSize(1).allMatch(gap -> gap > 0);
        }
    }
}
