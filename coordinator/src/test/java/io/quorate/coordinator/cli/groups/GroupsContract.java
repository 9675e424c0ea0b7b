package io.quorate.coordinator.cli.groups;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.coordinator.cli.MetadataFixture;
import io.quorate.coordinator.cli.Operator;
import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code quorate groups} prints and does, on any server; groups of old consumers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GroupsContract {

    @TempDir
    Path folder;

    private final CompatServer server;
    private final Operator operator;
    private MetadataFixture cluster;

    GroupsContract(CompatServer server) {
        this.server = server;
        this.operator = new Operator(server::connectString);
    }

    @BeforeAll
    void write() {
        cluster = new MetadataFixture(server.connectString());
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    private String logEnds() throws IOException {
        return Files.writeString(folder.resolve("ends.txt"), "t1:0:150\nt1:1:50\nt1:2:20\n")
                .toString();
    }

    @Test
    void groupsAreListed() throws IOException {
        assertThat(operator.types("groups", "list", "--state", "stable,PreparingRebalance")
                        .good())
                .isEqualTo(
                        """
                        GROUP    MODE    STATE               MEMBERS  TOPICS  PARTITIONS  LAG  GENERATION
                        active   compat  Stable              1        1       3           -    -
                        fleet    native  PreparingRebalance  2        1       3           -    17
                        waiting  compat  PreparingRebalance  1        1       3           -    -
                        """);
        JsonNode json = operator.json("groups", "list", "--log-end-offsets", logEnds());
        assertThat(json.at("/groups/0/group").asText()).isEqualTo("active");
        assertThat(json.at("/groups/0/lag").asInt()).isEqualTo(50);
        assertThat(json.at("/groups/0/generation").isNull()).isTrue();
    }

    @Test
    void offsetsAreDescribedInKafkasColumns() throws IOException {
        assertThat(operator.types("groups", "describe", "active").good())
                .isEqualTo(
                        """

                        GROUP           TOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID
                        active          t1              0          100             -               -               active_c1       -               -
                        active          t1              1          50              -               -               active_c1       -               -
                        active          t1              2          -               -               -               active_c1       -               -
                        """);
        assertThat(operator.types("groups", "describe", "active", "--offsets", "--log-end-offsets", logEnds())
                        .good())
                .contains(
                        "active          t1              0          100             150             50              active_c1 ")
                .contains(
                        "active          t1              1          50              50              0               active_c1 ")
                .contains(
                        "active          t1              2          -               20              -               active_c1 ");
        JsonNode json = operator.json("groups", "describe", "active", "--log-end-offsets", logEnds());
        assertThat(json.at("/partitions/0/current_offset").asInt()).isEqualTo(100);
        assertThat(json.at("/partitions/0/lag").asInt()).isEqualTo(50);
        assertThat(json.at("/partitions/2/current_offset").isNull()).isTrue();
        assertThat(json.at("/partitions/2/owner").asText()).isEqualTo("active_c1");
        assertThat(json.at("/members/0/owned/t1")).hasToString("[0,1,2]");
        assertThat(json.at("/members/0/old_consumer").asBoolean()).isTrue();
        assertThat(json.at("/leader").isNull()).isTrue();
        assertThat(json.at("/strategy").isNull()).isTrue();
    }

    @Test
    void membersStateAndGenerationsAreDescribed() {
        assertThat(operator.types("groups", "describe", "active", "--members").good())
                .isEqualTo(
                        """

                        GROUP           CONSUMER-ID     HOST            CLIENT-ID       #PARTITIONS
                        active          active_c1       -               -               3
                        """);
        assertThat(operator.types("groups", "describe", "active", "--members", "--verbose")
                        .good())
                .endsWith(
                        "active          active_c1       -               -               3               t1(0,1,2)\n");
        assertThat(operator.types("groups", "describe", "active", "--state").good())
                .isEqualTo(
                        """

                        GROUP                     COORDINATOR (ID)          ASSIGNMENT-STRATEGY  STATE           #MEMBERS
                        active                    -                         -                    Stable          1
                        """);
        assertThat(operator.types("groups", "describe", "active", "--generations")
                        .good())
                .contains("GENERATION");
        assertThat(operator.types("groups", "describe", "active", "--verbose").good())
                .contains("COMMIT-AGE", "MISPLACED", "INSTANCE-ID", "RACK");
        assertThat(operator.types("groups", "describe", "active", "--members", "--state")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotAsItShouldBeIsSaidFirst() {
        Outcome waiting = operator.types("groups", "describe", "waiting");
        assertThat(waiting.good()).startsWith("\nGROUP ");
        assertThat(waiting.err()).isEqualTo("\nWarning: Consumer group 'waiting' is rebalancing.\n");
        Outcome missing = operator.types("groups", "describe", "none");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .isEqualTo("quorate: Consumer group 'none' does not exist; see which there are: quorate groups list\n");
    }

    @Test
    void offsetsOfAGroupWithoutMembersAreMovedOnlyWhenAsked() throws IOException {
        cluster.persistent("/consumers/moved/ids", null);
        cluster.persistent("/consumers/moved/offsets/t1/0", "7");
        cluster.persistent("/consumers/moved/offsets/t1/2", "9");
        assertThat(operator.types("groups", "describe", "moved").err())
                .isEqualTo("\nConsumer group 'moved' has no active members.\n");

        Outcome plan = operator.types("groups", "reset-offsets", "moved", "--topic", "t1", "--to-offset", "3");
        assertThat(plan.err()).isEqualTo("Nothing is changed yet: repeat it with --execute.\n");
        assertThat(plan.good())
                .isEqualTo(
                        """

                        GROUP                          TOPIC                          PARTITION  NEW-OFFSET
                        moved                          t1                             0          3
                        moved                          t1                             1          3
                        moved                          t1                             2          3
                        """);
        assertThat(cluster.data("/consumers/moved/offsets/t1/0")).isEqualTo("7");

        JsonNode json =
                operator.json("groups", "reset-offsets", "moved", "--all-topics", "--shift-by", "-8", "--execute");
        assertThat(json.at("/executed").asBoolean()).isTrue();
        assertThat(json.at("/offsets/0/old_offset").asInt()).isEqualTo(7);
        assertThat(json.at("/offsets/0/new_offset").asInt()).isZero();
        assertThat(cluster.data("/consumers/moved/offsets/t1/0")).isEqualTo("0");
        assertThat(cluster.data("/consumers/moved/offsets/t1/2")).isEqualTo("1");

        String lines = operator.types("groups", "reset-offsets", "moved", "--all-topics", "--to-current", "--export")
                .good();
        assertThat(lines).isEqualTo("t1,0,0\nt1,2,1\n");
        Path file = Files.writeString(folder.resolve("offsets.csv"), "t1,0,40\nt1,1,41\n");
        operator.types("groups", "reset-offsets", "moved", "--from-file", file.toString(), "--execute")
                .good();
        assertThat(cluster.data("/consumers/moved/offsets/t1/1")).isEqualTo("41");
        operator.types(
                        "groups",
                        "reset-offsets",
                        "moved",
                        "--topic",
                        "t1:1",
                        "--to-latest",
                        "--log-end-offsets",
                        logEnds(),
                        "--execute")
                .good();
        assertThat(cluster.data("/consumers/moved/offsets/t1/1")).isEqualTo("50");
    }

    @Test
    void offsetsOfAGroupWithMembersAreLeftAloneUnlessForced() {
        Outcome refused = operator.types(
                "groups", "reset-offsets", "waiting", "--topic", "t1:0", "--to-offset", "5", "--execute");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .isEqualTo(
                        "quorate: Assignments can only be reset if the group 'waiting' is inactive, but it has 1 members."
                                + " Stop them, or use --force-partition.\n");
        assertThat(cluster.exists("/consumers/waiting/offsets")).isFalse();

        operator.types(
                        "groups",
                        "reset-offsets",
                        "waiting",
                        "--topic",
                        "t1:0",
                        "--to-offset",
                        "5",
                        "--execute",
                        "--force-partition")
                .good();
        assertThat(cluster.data("/consumers/waiting/offsets/t1/0")).isEqualTo("5");
        operator.types("tree", "delete", "-R", "/consumers/waiting/offsets").good();
    }

    @Test
    void wrongResetsSayWhatIsMissing() {
        assertThat(operator.types("groups", "reset-offsets", "idle", "--topic", "t1")
                        .err())
                .contains("Missing required argument", "--to-offset");
        assertThat(operator.types("groups", "reset-offsets", "idle", "--to-offset", "1")
                        .err())
                .contains("say which offsets: --topic TOPIC or --all-topics");
        assertThat(operator.types("groups", "reset-offsets", "idle", "--all-topics", "--to-latest")
                        .err())
                .contains("--to-latest needs --log-end-offsets FILE");
        assertThat(operator.types("groups", "reset-offsets", "idle", "--all-topics", "--to-earliest")
                        .err())
                .contains("only brokers know where logs begin", "kafka-get-offsets.sh");
        assertThat(operator.types("groups", "reset-offsets", "idle", "--topic", "none", "--to-offset", "1")
                        .code())
                .isEqualTo(2);
        assertThat(operator.types("groups", "reset-offsets", "none", "--all-topics", "--to-offset", "1")
                        .code())
                .isEqualTo(2);
        assertThat(operator.types("groups", "reset-offsets", "idle", "--topic", "t1:x", "--to-offset", "1")
                        .err())
                .contains("'x' is no partition");
    }

    @Test
    void aResetThatFailsHalfWaySaysHowManyOffsetsAreWritten() {
        for (int partition = 0; partition < 220; partition++) {
            if (partition != 210) {
                cluster.persistent("/consumers/large/offsets/t1/" + partition, "1");
            }
        }
        cluster.persistent("/consumers/large/ids", null);
        operator.types("tree", "create", "--acl", "world:anyone:r", "/consumers/large/offsets/t1/210", "1")
                .good();
        String[] command = {"groups", "reset-offsets", "large", "--all-topics", "--to-offset", "2", "--execute"};
        Outcome half = operator.types(command);
        assertThat(half.code()).isEqualTo(1);
        assertThat(half.err())
                .contains("/consumers/large/offsets/t1/210 does not allow this", "before that 200 of 220 offsets");
        assertThat(cluster.data("/consumers/large/offsets/t1/199")).isEqualTo("2");
        assertThat(cluster.data("/consumers/large/offsets/t1/200")).isEqualTo("1");
        operator.types("tree", "delete", "-R", "/consumers/large").good();
    }

    @Test
    void whatMayNotBeReadIsNotTakenForMissing() {
        cluster.persistent("/consumers/hidden/ids", null);
        cluster.persistent("/consumers/hidden/offsets/t1/0", "1");
        operator.types(
                        "tree",
                        "create",
                        "--auth",
                        "digest:ann:pass",
                        "--acl",
                        "auth::cdrwa",
                        "/consumers/hidden/offsets/t1/1",
                        "1")
                .good();
        String[] reset = {"groups", "reset-offsets", "hidden", "--all-topics", "--to-offset", "2", "--execute"};
        Outcome partly = operator.types(reset);
        assertThat(partly.code()).isEqualTo(1);
        assertThat(partly.err()).contains("/consumers/hidden/offsets/t1/1 does not allow this", "--auth");
        assertThat(cluster.data("/consumers/hidden/offsets/t1/0")).isEqualTo("1");
        operator.types("tree", "delete", "-R", "/consumers/hidden", "--auth", "digest:ann:pass")
                .good();

        operator.types("tree", "create", "--auth", "digest:ann:pass", "--acl", "auth::cdrwa", "/consumers/hidden")
                .good();
        Outcome whole = operator.types("groups", "describe", "hidden");
        assertThat(whole.code()).isEqualTo(1);
        assertThat(whole.err()).contains("the node /consumers/hidden does not allow this");
        operator.types("tree", "delete", "/consumers/hidden").good();
    }

    @Test
    void offsetsOfWhatDoesNotExistAreRefused() throws IOException {
        Outcome topic = operator.types("groups", "reset-offsets", "idle", "--topic", "typo:0", "--to-offset", "1");
        assertThat(topic.code()).isEqualTo(2);
        assertThat(topic.err()).contains("there is no topic typo");
        Outcome partition = operator.types("groups", "reset-offsets", "idle", "--topic", "t1:0,7", "--to-offset", "1");
        assertThat(partition.code()).isEqualTo(2);
        assertThat(partition.err()).contains("topic t1 has no partition 7, it has 3");
        Path file = Files.writeString(folder.resolve("typo.csv"), "typo,0,40\n");
        assertThat(operator.types("groups", "reset-offsets", "idle", "--from-file", file.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aShiftBeyondAllNumbersIsRefusedOrEndsWhereTheLogEnds() throws IOException {
        String most = Long.toString(Long.MAX_VALUE);
        Outcome refused = operator.types("groups", "reset-offsets", "idle", "--topic", "t1:0", "--shift-by", most);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("t1-0: " + most + " records beyond offset 7 is no offset any more");
        assertThat(operator.json(
                                "groups",
                                "reset-offsets",
                                "idle",
                                "--topic",
                                "t1:0",
                                "--shift-by",
                                most,
                                "--log-end-offsets",
                                logEnds())
                        .at("/offsets/0/new_offset")
                        .asLong())
                .isEqualTo(150);
        assertThat(operator.json(
                                "groups",
                                "reset-offsets",
                                "idle",
                                "--topic",
                                "t1:0",
                                "--shift-by",
                                Long.toString(Long.MIN_VALUE))
                        .at("/offsets/0/new_offset")
                        .asLong())
                .isZero();
    }

    @Test
    void whatIsNoNameOrNoStateIsSaid() {
        Outcome name = operator.types("groups", "describe", "my group");
        assertThat(name.code()).isEqualTo(1);
        assertThat(name.err()).startsWith("quorate: 'my group' is no name for a group");
        Outcome reset = operator.types("groups", "reset-offsets", "my group", "--all-topics", "--to-current");
        assertThat(reset.err()).startsWith("quorate: 'my group' is no name for a group");
        Outcome state = operator.types("groups", "list", "--state", "stabel");
        assertThat(state.code()).isEqualTo(1);
        assertThat(state.err()).contains("--state stabel is no state of a group: there are Dead, Empty");
        assertThat(operator.types("groups", "list", "--state").good()).contains("active ", "Stable");
    }

    @Test
    void whoMayUseTheRegistrationsOfAGroupStaysAsItIs() {
        cluster.persistent("/consumers/kept/offsets/t1/0", "1");
        operator.types("tree", "create", "--acl", "world:anyone:cra", "/consumers/kept/ids")
                .good();
        operator.types("groups", "reset-offsets", "kept", "--all-topics", "--to-offset", "2", "--execute")
                .good();
        assertThat(cluster.data("/consumers/kept/offsets/t1/0")).isEqualTo("2");
        assertThat(cluster.acl("/consumers/kept/ids"))
                .hasToString("[" + new Acl(Acl.CREATE | Acl.READ | Acl.ADMIN, new Identity("world", "anyone")) + "]");
        operator.types("tree", "delete", "-R", "/consumers/kept").good();
    }
}
