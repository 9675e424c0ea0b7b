package io.quorate.coordinator.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.coordinator.cli.Operator;
import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.ensemble.EnsembleProcesses;
import io.quorate.ensemble.Member;
import io.quorate.harness.Folders;
import io.quorate.harness.ServerKind;
import io.quorate.harness.ServerProcess;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code quorate ensemble} on real servers: alone, in an ensemble, and when members or the quorum are lost. */
final class EnsembleCommandTest {

    private static final String HEADS =
            "ID +SERVER +MODE +ZXID +CONNECTIONS +OUTSTANDING +LATENCY-MS +NODES +VERSION\n";

    @Test
    void aServerOnItsOwnIsShown() {
        alone(ServerKind.QUORATE);
    }

    @Test
    void aZooKeeperOnItsOwnIsShown() {
        alone(ServerKind.ZOOKEEPER);
    }

    private static void alone(ServerKind kind) {
        try (ServerProcess server = ServerProcess.start(
                kind, Folders.empty("cli", "alone-" + kind), ServerProcess.freePort(), Map.of(), "-Xmx128m")) {
            Operator operator = new Operator(server::connectString);

            assertThat(operator.types("ensemble").good())
                    .matches(HEADS + "- +" + server.connectString() + " +standalone +0x[0-9a-f]+ +\\d+ +\\d+ +"
                            + "\\d+\\.\\d\\d +\\d+ +\\d+\\.\\d+\\.\\d+.*\n1 of 1 serves, on its own\n");
            JsonNode json = operator.json("ensemble").at("/servers/0");
            assertThat(json.at("/server").asText()).isEqualTo(server.connectString());
            assertThat(json.at("/mode").asText()).isEqualTo("standalone");
            assertThat(json.at("/connections").asInt()).isPositive();
            assertThat(json.at("/nodes").asInt()).isPositive();
            assertThat(json.at("/problem").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ServerKind.class)
    void membersAreFoundThroughOneAndTheirLossIsShown(ServerKind kind) {
        try (EnsembleProcesses ensemble =
                EnsembleProcesses.of("cli-ensemble-" + kind, 3, kind).withClientPorts()) {
            ensemble.start();
            Member leader = ensemble.leader();
            Operator operator = new Operator(ensemble::connectString);

            Outcome all = operator.types("ensemble");
            assertThat(all.good()).endsWith("3 of 3 serve, led by " + name(leader) + "\n");
            for (Member member : ensemble.members()) {
                assertThat(all.out())
                        .containsPattern("(?m)^" + member.sid() + " +" + name(member) + " +" + member.mode());
            }
            JsonNode json = operator.json("ensemble");
            Operator ofOne = new Operator(() -> name(ensemble.member(2)));
            assertThat(ofOne.json("ensemble").at("/servers"))
                    .extracting(each -> each.at("/server").asText())
                    .containsExactlyElementsOf(ensemble.members().stream()
                            .map(EnsembleCommandTest::name)
                            .toList());
            assertThat(json.at("/serving").asInt()).isEqualTo(3);
            assertThat(json.at("/leader").asText()).isEqualTo(name(leader));
            assertThat(json.at("/servers"))
                    .extracting(each -> each.at("/id").asInt())
                    .containsExactly(1, 2, 3);

            Member lost = ensemble.followers().get(0);
            Member left = ensemble.followers().get(1);
            lost.kill();
            Outcome two = operator.types("ensemble");
            assertThat(two.code()).isEqualTo(3);
            assertThat(two.out())
                    .containsPattern("(?m)^- +" + name(lost) + " +none +- ")
                    .contains(name(lost) + ": connection refused\n")
                    .endsWith("2 of 3 serve, led by " + name(leader) + "\n");

            leader.kill();
            Awaitility.await("the last one gives up")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> left.mode().isEmpty());
            Outcome none = operator.types("ensemble");
            assertThat(none.code()).isEqualTo(5);
            assertThat(none.out())
                    .contains(name(left) + ": runs, but does not serve: it sees no quorum\n")
                    .endsWith("0 of 3 serve, without a leader\n");
            Outcome tree = Operator.run("tree", "ls", "--server", ensemble.connectString(), "--timeout", "1s");
            assertThat(tree.code()).isEqualTo(5);
            assertThat(tree.err()).contains(name(left) + ": runs, but does not serve: its ensemble has no quorum now");
        }
    }

    @Test
    void nobodyThereIsCodeFive() {
        int port = ServerProcess.freePort();
        Outcome outcome = Operator.run("ensemble", "--server", "127.0.0.1:" + port, "--timeout", "2s");

        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.out())
                .endsWith("127.0.0.1:" + port + ": connection refused\n0 of 1 serve, without a leader\n");
    }

    private static String name(Member member) {
        return "127.0.0.1:" + member.address().getPort();
    }
}
