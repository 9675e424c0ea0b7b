package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of load against a real ZooKeeper: as many operations as ordered, and the server saw them all. */
final class LoadTest {

    private static final List<String> JVM = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    private static final int VERSION_IN_STAT = 32;
    private static final int CHILDREN_IN_STAT = 56;

    @TempDir
    static Path folder;

    private static Server zooKeeper;

    @BeforeAll
    static void start() throws IOException {
        zooKeeper = start(ServerKind.ZOOKEEPER, "zookeeper");
    }

    @AfterAll
    static void stop() throws IOException {
        zooKeeper.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SET, 3, 16, 500, 500",
        "MIX, 1, 8, 400, 40",
        "COMMIT, 2, 3, 7, 7",
        "OFFSETS, 2, 3, 9, 9",
        "GET, 3, 5, 300, 0"
    })
    void everySetReachesTheServerOnce(Workload.Kind kind, int connections, int window, int requests, int sets)
            throws IOException {
        Workload workload = new Workload(kind, connections, window, "/sets-" + kind);

        Sample sample = Driver.run(zooKeeper.target(), workload, Span.operations(requests));

        assertThat(sample.operations()).isEqualTo((long) requests * workload.operationsPerRequest());
        assertThat(sample.values().get(Metric.P50)).isPositive();
        String last = sample.operations() > requests ? "/p" + (workload.operationsPerRequest() - 1) : "";
        int versions = 0;
        for (int i = 0; i < connections; i++) {
            versions += stat(workload.node(i) + last).getInt(VERSION_IN_STAT);
        }
        assertThat(versions).isEqualTo(sets);
    }

    @Test
    void aFixedRateIsKept() throws IOException {
        Workload workload = new Workload(Workload.Kind.OFFSETS, 3, 4, "/paced", 50);

        Sample sample = Driver.run(zooKeeper.target(), workload, Span.operations(100));

        assertThat(sample.operations()).isEqualTo(1_000);
        // 50 requests per second, of which the first is due at once; more can be late, but not early.
        assertThat(sample.values().get(Metric.RATE)).isLessThan(50 * 10 * 100 / 99.0 + 1);
    }

    @Test
    void everyCreateMakesOneNode() throws IOException {
        Workload workload = new Workload(Workload.Kind.CREATE, 3, 20, "/creates");

        Sample sample = Driver.run(zooKeeper.target(), workload, Span.operations(600));

        assertThat(sample.operations()).isEqualTo(600);
        int children = 0;
        for (int i = 0; i < 3; i++) {
            children += stat(workload.node(i)).getInt(CHILDREN_IN_STAT);
        }
        assertThat(children).isEqualTo(600);
    }

    @Test
    void theWarmUpIsNotCounted() throws IOException {
        Workload workload = new Workload(Workload.Kind.SET, 2, 4, "/warm");
        Span span = new Span(200_000_000, 200_000_000, Long.MAX_VALUE);

        Sample sample = Driver.run(zooKeeper.target(), workload, span);

        int versions = stat(workload.node(0)).getInt(VERSION_IN_STAT)
                + stat(workload.node(1)).getInt(VERSION_IN_STAT);
        assertThat(sample.operations()).isPositive().isLessThan(versions);
        assertThat(sample.values().get(Metric.RATE)).isPositive();
    }

    @Test
    void aReplyThatIsNotTheExpectedOneEndsTheRun() throws IOException {
        byte[] missing = Frames.getData("/there/is/none", false);
        Requests requests = Requests.same(missing, Frames.getDataReplyBytes(Workload.DATA_BYTES));
        Session session = Session.open(zooKeeper.target().address());
        Link link = new Link(session.channel(), requests, 1);
        try (Selector selector = Selector.open()) {
            link.register(selector);
            link.send(1);
            selector.select(10_000);

            assertThatThrownBy(() -> link.receive(new Meter()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("error -101");
            link.close();
        }
    }

    @Test
    void everyWatcherGetsEveryEvent() throws IOException {
        Sample sample = WatchLoad.run(zooKeeper.target(), 20, Span.operations(200));

        assertThat(sample.operations()).isEqualTo(200);
        assertThat(sample.values().get(Metric.RATE)).isPositive();
    }

    @Test
    void sessionsAreOpenedOneAfterAnother() throws IOException {
        Sample sample = SessionLoad.run(zooKeeper.target(), Span.operations(50));

        assertThat(sample.operations()).isEqualTo(50);
    }

    @Test
    void theBigTreeSurvivesTheKillAndIsMeasured() throws IOException {
        try (Server server = start(ServerKind.ZOOKEEPER, "tree")) {
            Sample sample = TreeLoad.measure(server, new Plan(Span.operations(300), 3_000));

            assertThat(sample.operations()).isEqualTo(300);
            assertThat(sample.values().get(Metric.LIVE_HEAP)).isBetween(200.0, 2_000.0);
            assertThat(sample.values().get(Metric.RECOVERY)).isPositive();
            try (Session session = Session.open(server.target().address())) {
                int created = 0;
                for (int i = 0; i < TreeLoad.CONNECTIONS; i++) {
                    created += stat(session, "/tree/n" + i).getInt(CHILDREN_IN_STAT);
                }
                assertThat(created).isEqualTo(3_000);
            }
        }
    }

    @Test
    void theEchoServerAnswersEveryKindOfRequest() throws IOException {
        try (Server echo = start(ServerKind.ECHO, "echo")) {
            for (Workload.Kind kind : Workload.Kind.values()) {
                Sample sample = Driver.run(echo.target(), new Workload(kind, 2, 8, "/echo"), Span.operations(1_000));

                assertThat(sample.values()).containsKey(Metric.SERVER_CPU);
            }
        }
    }

    @Test
    void aSideThatDoesNotStartLeavesTheOtherItsFigures() throws IOException {
        Side good = new Side("good", ServerKind.ECHO, JVM, List.of());
        Side bad = new Side("bad", ServerKind.ECHO, List.of("-XX:+NoSuchOption"), List.of());
        Comparison.Settings settings =
                new Comparison.Settings(List.of(bad, good), 1, 2, new Plan(Span.operations(100), 0), folder);
        StringWriter progress = new StringWriter();

        Result result = Comparison.run(settings, Rows.named(List.of("get64")).get(0), new PrintWriter(progress, true));

        assertThat(result.samples().get(good)).hasSize(2);
        assertThat(result.failures()).containsOnlyKeys(bad);
        assertThat(progress.toString()).contains("NoSuchOption");
    }

    private static Server start(ServerKind kind, String label) throws IOException {
        return Server.start(new Side(label, kind, JVM, List.of("4lw.commands.whitelist=*")), folder);
    }

    /** The stat of a node with 100 bytes of data, whose first byte is byte 0 of the buffer. */
    private static ByteBuffer stat(String path) throws IOException {
        try (Session session = Session.open(zooKeeper.target().address())) {
            return stat(session, path);
        }
    }

    private static ByteBuffer stat(Session session, String path) throws IOException {
        ByteBuffer reply = session.call(Frames.getData(path, false));
        assertThat(reply.getInt(16)).as("error of getData " + path).isZero();
        int statAt = reply.limit() - Frames.STAT_BYTES;
        return reply.slice(statAt, Frames.STAT_BYTES);
    }
}
