package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The measurements of groups and of clusters, in a size that only shows that they run. */
final class ScaleTest {

    private static final Side SIDE = new Side(
            "quorate",
            ServerKind.QUORATE,
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of());
    private static final int SESSION_MILLIS = 30_000;
    private static final int QUIET_MILLIS = 200;
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    private static Path folder;

    private static Ensemble server;

    private final StringWriter progress = new StringWriter();
    private final Scorecard card = new Scorecard("Small", List.of(SIDE));

    @BeforeAll
    static void start() throws IOException {
        server = Ensemble.start(SIDE, folder, 1);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aSmallGroupLivesItsWholeLife() {
        GroupPlan plan = new GroupPlan(4, 20, 2, 1, false);
        Crowd.Settings crowd = new Crowd.Settings(SESSION_MILLIS, 1, QUIET_MILLIS, LIMIT_SECONDS);

        GroupScenarios.run(
                plan,
                new GroupScenarios.Settings(crowd, 1, 0, true),
                SIDE,
                server,
                card,
                new PrintWriter(progress, true));

        assertThat(card.hasFailures()).as(progress.toString()).isFalse();
        assertThat(card.toString())
                .contains("| cold start: until all are owned, s |")
                .contains("| watches of a member | 4.00 |")
                .contains("| one join: transactions |")
                .contains("| one leave: members woken |")
                .contains("| leader leaves: until the next leads, ms |");
    }

    @Test
    void aSmallClusterLivesItsWholeLife() {
        ClusterPlan plan = new ClusterPlan(4, 3, 8, 3, 5);
        Fleet.Settings settings = new Fleet.Settings(SESSION_MILLIS, 1, QUIET_MILLIS, LIMIT_SECONDS);

        try (Fleet fleet = new Fleet(settings, server.connectString() + "/cluster")) {
            new RegistryScenarios(plan, 0, SIDE, card, new PrintWriter(progress, true), server, fleet).run();
        }

        assertThat(card.hasFailures()).as(progress.toString()).isFalse();
        assertThat(card.toString())
                .contains("| 5 brokers register, until the controller knows all, s |")
                .contains("| create 3 topics: transactions |")
                .contains("| cold load: registered to ready, s |")
                .contains("| controlled shutdown, 18 replicas, ms |")
                .contains("| delete 3 topics, s |");
    }

    @Test
    void commitsGoToAllServersOfAnEnsemble() throws IOException {
        Target target = server.target();
        Sample sample = Driver.run(
                Target.all(List.of(target, target)),
                new Workload(Workload.Kind.OFFSETS, 4, 2, "/offsets", 200),
                Span.operations(100));

        assertThat(sample.operations()).isEqualTo(1_000);
    }

    @Test
    void theAssignorIsMeasuredWithoutServers() {
        StringWriter out = new StringWriter();
        int exitCode = new CommandLine(new Groups())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--parts=assignor",
                        "--consumers=5",
                        "--partitions=40",
                        "--topics=4",
                        "--folder=" + folder.resolve("assignor"));

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("| assignor, 20 different subscriptions, CPU ms |");
        assertThat(folder.resolve("assignor").resolve("groups.md")).content().isEqualTo(out.toString());
    }
}
