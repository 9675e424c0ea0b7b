package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement of a leader's death, on a real ensemble. */
final class FailoverTest {

    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void anotherLeadsAndTheKilledOneComesBack() throws IOException {
        Side side = new Side("zookeeper", ServerKind.ZOOKEEPER, JVM, List.of());
        try (Ensemble ensemble = Ensemble.start(side, folder, Ensemble.MEMBERS)) {
            Server before = ensemble.leader();
            try (Session session = Session.open(before.target().address())) {
                session.ensure("/written", Workload.data());
                session.end();
            }
            assertThat(Failover.failOver(ensemble)).isPositive();
            assertThat(ensemble.leader()).isNotSameAs(before);
            try (Session session = Session.open(before.target().address())) {
                session.ensure("/after", Workload.data());
                session.end();
            }
        }
    }
}
