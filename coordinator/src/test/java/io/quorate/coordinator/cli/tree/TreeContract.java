package io.quorate.coordinator.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.coordinator.cli.Operator;
import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code quorate tree} prints and does, on any server; each test has nodes of its own. */
abstract class TreeContract {

    private static final String STAT =
            """
            cZxid = 0x[0-9a-f]+
            ctime = [A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2} \\S+ \\d{4}
            mZxid = 0x[0-9a-f]+
            mtime = .*
            pZxid = 0x[0-9a-f]+
            cversion = %d
            dataVersion = %d
            aclVersion = 0
            ephemeralOwner = 0x0
            dataLength = %d
            numChildren = %d
            """;

    @TempDir
    Path folder;

    private final Operator operator;
    private final CompatServer server;

    TreeContract(CompatServer server) {
        this.server = server;
        this.operator = new Operator(server::connectString);
    }

    @Test
    void lsListsSortedWithStatAndRecursively() {
        operator.types("tree", "create", "-p", "/ls/b").good();
        operator.types("tree", "create", "-p", "/ls/a/deep").good();

        assertThat(operator.types("tree", "ls", "/ls").good()).isEqualTo("[a, b]\n");
        assertThat(operator.types("tree", "ls", "-s", "/ls").good()).matches("\\[a, b]\n" + STAT.formatted(2, 0, 0, 2));
        assertThat(operator.types("tree", "ls", "-R", "/ls").good()).isEqualTo("/ls\n/ls/a\n/ls/a/deep\n/ls/b\n");
        assertThat(operator.types("tree", "ls").good()).contains("ls", "zookeeper");

        JsonNode json = operator.json("tree", "ls", "-s", "/ls");
        assertThat(json.at("/path").asText()).isEqualTo("/ls");
        assertThat(json.at("/children")).hasToString("[\"a\",\"b\"]");
        assertThat(json.at("/stat/num_children").asInt()).isEqualTo(2);
        assertThat(json.at("/at_zxid").asText()).matches("0x[0-9a-f]+");
        assertThat(operator.json("tree", "ls", "-R", "/ls").at("/paths")).hasSize(4);
    }

    @Test
    void getPrintsTextBase64AndBytes() throws IOException {
        operator.types("tree", "create", "/get", "grüße").good();

        assertThat(operator.types("tree", "get", "/get").good()).isEqualTo("grüße\n");
        assertThat(operator.types("tree", "get", "-s", "/get").good()).matches("grüße\n" + STAT.formatted(0, 0, 7, 0));
        assertThat(operator.types("tree", "get", "--base64", "/get").good()).isEqualTo("Z3LDvMOfZQ==\n");
        assertThat(operator.types("tree", "get", "--hex", "/get").good())
                .contains("|00000000| 67 72 c3 bc c3 9f 65                            |gr....e         |\n");
        assertThat(operator.json("tree", "get", "/get").at("/data").asText()).isEqualTo("grüße");

        Path file = Files.write(folder.resolve("bytes"), new byte[] {-1, 0, 1});
        operator.types("tree", "set", "/get", "--file", file.toString()).good();
        JsonNode binary = operator.json("tree", "get", "/get");
        assertThat(binary.at("/data").isNull()).isTrue();
        assertThat(binary.at("/data_base64").asText()).isEqualTo("/wAB");

        operator.types("tree", "create", "/get/none").good();
        assertThat(operator.types("tree", "get", "/get/none").good()).isEqualTo("null\n");
        assertThat(operator.json("tree", "get", "/get/none").at("/data").isNull())
                .isTrue();
    }

    @Test
    void statPrintsAllFields() {
        operator.types("tree", "create", "/stat", "x").good();

        assertThat(operator.types("tree", "stat", "/stat").good()).matches(STAT.formatted(0, 0, 1, 0));
        JsonNode stat = operator.json("tree", "stat", "/stat").at("/stat");
        assertThat(stat.at("/czxid").asText())
                .isEqualTo(stat.at("/mzxid").asText())
                .matches("0x[0-9a-f]+");
        assertThat(stat.at("/ctime_ms").asLong()).isPositive();
        assertThat(stat.at("/ephemeral_owner").asText()).isEqualTo("0x0");
    }

    @Test
    void setReplacesOneVersionByTheNext() {
        operator.types("tree", "create", "/set", "one").good();

        assertThat(operator.types("tree", "set", "/set", "two").good())
                .isEqualTo("Set /set, which has version 1 now\n");
        assertThat(operator.json("tree", "set", "-v", "1", "/set", "three")
                        .at("/stat/version")
                        .asInt())
                .isEqualTo(2);
        Outcome late = operator.types("tree", "set", "-v", "1", "/set", "four");
        assertThat(late.code()).isEqualTo(4);
        assertThat(late.err())
                .isEqualTo(
                        "quorate: the node /set has another version, so somebody changed it; look again: quorate tree"
                                + " stat /set\n");
        assertThat(operator.types("tree", "get", "/set").good()).isEqualTo("three\n");
        assertThat(operator.types("tree", "set", "--", "/set", "-minus").good()).contains("version 3");
        assertThat(operator.types("tree", "get", "/set").good()).isEqualTo("-minus\n");
    }

    @Test
    void createMakesEveryKindThatOutlivesTheCommand() {
        assertThat(operator.types("tree", "create", "-p", "/create/p", "data").good())
                .isEqualTo("Created /create/p\n");
        assertThat(operator.types("tree", "create", "--sequential", "/create/s-")
                        .good())
                .isEqualTo("Created /create/s-0000000001\n");
        assertThat(operator.types("tree", "create", "--container", "/create/c").good())
                .isEqualTo("Created /create/c\n");
        assertThat(operator.types("tree", "create", "--ttl", "600000", "/create/t")
                        .good())
                .isEqualTo("Created /create/t\n");
        assertThat(operator.json("tree", "create", "-b", "/create/b", "aGk=")
                        .at("/path")
                        .asText())
                .isEqualTo("/create/b");
        assertThat(operator.types("tree", "get", "/create/b").good()).isEqualTo("hi\n");
        operator.types("tree", "create", "--acl", "world:anyone:r", "/create/r").good();

        Outcome refused = operator.types("tree", "set", "/create/r", "no");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("/create/r does not allow this", "--auth digest:USER:PASSWORD");
        Outcome again = operator.types("tree", "create", "/create/p");
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err()).contains("/create/p exists already", "quorate tree set /create/p");
        Outcome orphan = operator.types("tree", "create", "/nowhere/p");
        assertThat(orphan.code()).isEqualTo(2);
        assertThat(orphan.err()).contains("there is no node");
        assertThat(operator.types("tree", "create", "--acl", "anyone", "/create/x")
                        .err())
                .contains("anyone does not have the form scheme:id:perm");
    }

    @Test
    void credentialsOpenWhatIsClosed() {
        operator.types("tree", "create", "/secret", "x", "--auth", "digest:ann:pass", "--acl", "auth::cdrwa")
                .good();

        assertThat(operator.types("tree", "get", "/secret").code()).isEqualTo(1);
        assertThat(operator.types("tree", "get", "/secret", "--auth", "digest:ann:pass")
                        .good())
                .isEqualTo("x\n");
        assertThat(operator.types("tree", "get", "/secret", "--auth", "ann").err())
                .contains("--auth ann has no scheme");
    }

    @Test
    void deleteTakesOneNodeOrAllBelow() {
        operator.types("tree", "create", "-p", "/delete/a/b").good();
        operator.types("tree", "create", "/delete/c").good();

        Outcome full = operator.types("tree", "delete", "/delete");
        assertThat(full.code()).isEqualTo(4);
        assertThat(full.err()).contains("/delete has children", "quorate tree delete -R /delete");
        assertThat(operator.types("tree", "delete", "-v", "7", "/delete/c").code())
                .isEqualTo(4);
        assertThat(operator.types("tree", "delete", "/delete/c").good()).isEqualTo("Deleted /delete/c\n");
        assertThat(operator.json("tree", "delete", "-R", "/delete")
                        .at("/deleted")
                        .asInt())
                .isEqualTo(3);
        assertThat(operator.types("tree", "delete", "-R", "/delete").code()).isEqualTo(2);
        assertThat(operator.types("tree", "delete", "-R", "/").err()).contains("would delete everything");
    }

    @Test
    void aChrootIsWhereTheTreeBegins() {
        operator.types("tree", "create", "-p", "/chroot/a/b", "deep").good();
        String below = server.connectString() + "/chroot/a";

        assertThat(Operator.run("tree", "get", "/b", "--server", below, "--timeout", "60s")
                        .good())
                .isEqualTo("deep\n");
        Outcome nowhere =
                Operator.run("tree", "ls", "/", "--server", server.connectString() + "/none", "--timeout", "60s");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("the chroot /none does not exist");
        Outcome child = Operator.run(
                "tree", "create", "-p", "/a", "--server", server.connectString() + "/none", "--timeout", "60s");
        assertThat(child.code()).isEqualTo(2);
        assertThat(child.err()).contains("the chroot /none does not exist");
    }

    @Test
    void whatIsMissingIsCodeTwo() {
        for (String command : new String[] {"get", "stat", "ls", "delete"}) {
            Outcome outcome = operator.types("tree", command, "/missing");
            assertThat(outcome.code()).as(command).isEqualTo(2);
            assertThat(outcome.err())
                    .isEqualTo("quorate: there is no node /missing; see what there is with: quorate tree ls /\n");
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void whatFailsHalfWaySaysWhatWasDoneBefore() {
        operator.types("tree", "create", "-p", "/half/a").good();
        // Read-only for everybody: what is below cannot be deleted, and "a" is the last of its siblings to go.
        operator.types("tree", "create", "-p", "/half/a/closed").good();
        operator.types("tree", "create", "--acl", "world:anyone:rc", "/half/a/closed/only")
                .good();
        operator.types("tree", "create", "/half/a/closed/only/stays").good();
        try (CoordinatorClient client =
                CoordinatorClient.builder(server.connectString()).connect()) {
            for (int i = 0; i < 230; i++) {
                client.sync().create("/half/b" + i, null, CreateMode.PERSISTENT);
            }
        }
        Outcome half = operator.types("tree", "delete", "-R", "/half");
        assertThat(half.code()).isEqualTo(1);
        assertThat(half.err()).contains("does not allow this", "; before that 200 nodes were deleted\n");

        Outcome parents = operator.types("tree", "create", "-p", "--acl", "digest:nobody:cdrwa", "/made/by/x");
        assertThat(parents.code()).isEqualTo(1);
        assertThat(parents.err()).contains("--auth", "; before that these parents were created: /made, /made/by\n");
        Outcome none = operator.types("tree", "create", "--acl", "digest:nobody:cdrwa", "/made/y");
        assertThat(none.err()).doesNotContain("before that");
    }

    @Test
    void aMissingParentIsNamedWithTheWayToMakeIt() {
        Outcome orphan = operator.types("tree", "create", "/no/parent/here");
        assertThat(orphan.code()).isEqualTo(2);
        assertThat(orphan.err())
                .isEqualTo("quorate: there is no node /no/parent for /no/parent/here to be below; to create it, too:"
                        + " quorate tree create -p /no/parent/here\n");
    }
}
