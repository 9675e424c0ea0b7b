package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loads of one server, put on an ensemble: connections go round its members, and all see what was prepared at the first. */
final class EnsembleTest {

    private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final int VERSION_IN_STAT = 32;

    @TempDir
    private Path folder;

    @Test
    void everyLoadReachesAllMembers() throws IOException {
        Side side = new Side("quorate", ServerKind.QUORATE, JVM, List.of());
        try (Ensemble ensemble = Ensemble.start(side, folder, 3)) {
            Target target = ensemble.target();
            assertThat(target.addresses()).hasSize(3).doesNotHaveDuplicates();

            Workload sets = new Workload(Workload.Kind.SET, 6, 4, "/sets");
            assertThat(Driver.run(target, sets, Span.operations(600)).operations())
                    .isEqualTo(600);
            assertThat(WatchLoad.run(target, 9, Span.operations(90)).operations())
                    .isEqualTo(90);
            assertThat(SessionLoad.run(target, Span.operations(9)).operations()).isEqualTo(9);

            for (int member = 0; member < 3; member++) {
                int versions = 0;
                try (Session session = target.open(member, sets.folder())) {
                    for (int i = 0; i < 6; i++) {
                        byte[] get = Frames.getData(sets.node(i), false);
                        versions += session.call(get)
                                .getInt(4 + Frames.REPLY_HEADER_BYTES + 4 + Workload.DATA_BYTES + VERSION_IN_STAT);
                    }
                    session.end();
                }
                assertThat(versions).isEqualTo(600);
            }
        }
    }
}
