package io.quorate.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.compat.tools.Printed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That what people read says the same as the JSON of the same command, cell by cell, on any server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TableAndJsonContract {

    /** How the cells under a head follow from a row in JSON. */
    private record Column(String head, Function<JsonNode, String> cell) {
        static Column of(String head, String pointer) {
            return new Column(head, row -> text(row.at(pointer)));
        }

        static Column constant(String head, String value) {
            return new Column(head, row -> value);
        }
    }

    private final CompatServer server;
    private final Operator operator;
    private MetadataFixture cluster;

    TableAndJsonContract(CompatServer server) {
        this.server = server;
        this.operator = new Operator(server::connectString);
    }

    @BeforeAll
    void write() {
        cluster = new MetadataFixture(server.connectString());
        operator.types("tree", "create", "-p", "/nodes/b", "text").good();
        operator.types("tree", "create", "-p", "/nodes/a/deep").good();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    @Test
    void brokersAndTheirController() {
        same(
                List.of(
                        Column.of("ID", "/id"),
                        Column.of("EPOCH", "/epoch"),
                        Column.of("HOST", "/host"),
                        Column.of("PORT", "/port"),
                        new Column("LISTENERS", row -> items(row.at("/listeners"))
                                .map(each -> each.at("/name").asText())
                                .collect(Collectors.joining(","))),
                        Column.of("RACK", "/rack"),
                        Column.of("VERSION", "/schema_version"),
                        new Column("UP-SINCE", row -> time(row.at("/up_since_ms"))),
                        Column.of("LEADERS", "/leaders"),
                        Column.of("REPLICAS", "/replicas"),
                        Column.of("SKEW%", "/skew_percent")),
                "/brokers",
                "brokers",
                "list");
        same(
                List.of(
                        Column.of("ID", "/id"),
                        Column.of("EPOCH", "/epoch"),
                        new Column("SINCE", row -> time(row.at("/since_ms"))),
                        Column.of("SESSION", "/session"),
                        new Column("CANDIDATES", row -> items(row.at("/candidates"))
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(",")))),
                "",
                "controller",
                "show");
    }

    @Test
    void oneBroker() {
        JsonNode json = operator.json("brokers", "describe", "1");
        String listeners = items(json.at("/listeners"))
                .map(each -> each.at("/name").asText() + "://"
                        + each.at("/host").asText() + ":" + each.at("/port").asText())
                .collect(Collectors.joining(", "));
        assertThat(operator.types("brokers", "describe", "1").good().lines())
                .containsExactly(
                        "Broker: " + json.at("/id").asText(),
                        "Epoch (czxid): " + json.at("/epoch").asText(),
                        "Session: " + json.at("/session").asText(),
                        "Up since: " + time(json.at("/up_since_ms")),
                        "Rack: " + json.at("/rack").asText(),
                        "Listeners: " + listeners,
                        "Dynamic configs: log.cleaner.threads="
                                + json.at("/configs/log.cleaner.threads").asText(),
                        "Body: " + json.at("/body").asText());
        assertThat(json.at("/schema_version").asInt()).isEqualTo(5);
    }

    @Test
    void partitions() {
        same(
                List.of(
                        Column.of("TOPIC", "/topic"),
                        Column.of("PARTITION", "/partition"),
                        new Column("LEADER", row -> row.at("/leader").asText("none")),
                        Column.of("LEADER-EPOCH", "/leader_epoch"),
                        Column.of("PARTITION-EPOCH", "/partition_epoch"),
                        Column.of("CTRL-EPOCH", "/controller_epoch"),
                        new Column("REPLICAS", row -> ids(row.at("/replicas"))),
                        new Column("ISR", row -> ids(row.at("/isr"))),
                        new Column("RECOVERY", row -> row.at("/recovering").asBoolean() ? "1" : "0")),
                "/partitions",
                "partitions",
                "list");
    }

    @Test
    void whatIsDoneWithTopics() {
        // Apart, so that the lists of the others stay as they are.
        operator.types("tree", "create", "-p", "/apart").good();
        String apart = server.connectString() + "/apart";
        Operator there = new Operator(() -> apart);
        MetadataFixture brokers = new MetadataFixture(apart);
        saysTheSame(there, List.of("topics", "create", "x1", "--replica-assignment", "1"), "x1", "x2");
        saysTheSame(there, List.of("topics", "create", "x1", "--if-not-exists"), "x1", "x2");
        saysTheSame(there, List.of("topics", "delete", "x1"), "x1", "x2");
        saysTheSame(there, List.of("topics", "delete", "x1"), "x1", "x2");
        saysTheSame(there, List.of("topics", "delete", "y1", "--if-exists"), "y1", "y2");
        JsonNode names = there.json("topics", "list").at("/topics");
        assertThat(there.types("topics", "list").good().lines())
                .containsExactlyElementsOf(items(names)
                        .map(each -> each.at("/name").asText()
                                + (each.at("/marked_for_deletion").asBoolean() ? " - marked for deletion" : ""))
                        .toList());
        brokers.close();
    }

    /** Does one thing with two topics that differ in nothing but their names, once for people and once in JSON. */
    private static void saysTheSame(Operator operator, List<String> command, String one, String other) {
        String line = operator.types(command.toArray(new String[0])).good();
        JsonNode json = operator.json(
                command.stream().map(word -> word.equals(one) ? other : word).toArray(String[]::new));
        assertThat(json.at("/message").asText() + "\n").isEqualTo(line.replace(one, other));
        assertThat(json.at("/topic").asText()).isEqualTo(other);
        boolean refused = line.contains("already") || line.contains("There is no");
        assertThat(json.at("/changed").asBoolean()).isEqualTo(!refused);
    }

    @Test
    void groups() {
        same(
                List.of(
                        Column.of("GROUP", "/group"),
                        Column.of("MODE", "/mode"),
                        Column.of("STATE", "/state"),
                        Column.of("MEMBERS", "/member_count"),
                        Column.of("TOPICS", "/topic_count"),
                        Column.of("PARTITIONS", "/partition_count"),
                        Column.of("LAG", "/lag"),
                        Column.of("GENERATION", "/generation")),
                "/groups",
                "groups",
                "list");
        same(
                List.of(
                        Column.constant("GROUP", "active"),
                        Column.of("TOPIC", "/topic"),
                        Column.of("PARTITION", "/partition"),
                        Column.of("CURRENT-OFFSET", "/current_offset"),
                        Column.of("LOG-END-OFFSET", "/log_end_offset"),
                        Column.of("LAG", "/lag"),
                        Column.of("CONSUMER-ID", "/owner"),
                        Column.constant("HOST", "-"),
                        Column.constant("CLIENT-ID", "-")),
                "/partitions",
                "groups",
                "describe",
                "active");
        same(
                List.of(
                        Column.of("TOPIC", "/topic"),
                        Column.of("PARTITION", "/partition"),
                        Column.of("CURRENT-OFFSET", "/current_offset"),
                        Column.of("LOG-END-OFFSET", "/log_end_offset"),
                        Column.of("LAG", "/lag"),
                        new Column("COMMIT-AGE", row -> row.at("/committed_ms").isNull() ? "-" : "some"),
                        Column.of("CONSUMER-ID", "/thread"),
                        Column.of("TARGET", "/target"),
                        new Column("MISPLACED", row -> row.at("/misplaced").asBoolean() ? "yes" : "-"),
                        Column.constant("INSTANCE-ID", "-"),
                        Column.constant("RACK", "-")),
                "/partitions",
                "groups",
                "describe",
                "active",
                "--verbose");
    }

    @Test
    void membersStatesAndGenerationsOfGroups() {
        same(
                List.of(
                        Column.constant("GROUP", "active"),
                        Column.of("CONSUMER-ID", "/consumer_id"),
                        Column.of("HOST", "/host"),
                        Column.of("CLIENT-ID", "/client_id"),
                        new Column("#PARTITIONS", row -> Integer.toString(owned(row))),
                        new Column("ASSIGNMENT", row -> assignment(row.at("/owned")))),
                "/members",
                "groups",
                "describe",
                "active",
                "--members",
                "--verbose");
        same(
                List.of(
                        Column.of("GROUP", "/group"),
                        new Column(
                                "COORDINATOR",
                                row -> row.at("/leader").asText("").isEmpty() ? "-" : "some"),
                        new Column("ASSIGNMENT-STRATEGY", row -> dash(row.at("/strategy"))),
                        Column.of("STATE", "/state"),
                        Column.of("#MEMBERS", "/member_count")),
                "",
                "groups",
                "describe",
                "active",
                "--state");
        Map<String, String> generation = Printed.table(
                        "GROUP",
                        operator.types("groups", "describe", "active", "--generations")
                                .good())
                .get(0);
        JsonNode json = operator.json("groups", "describe", "active", "--generations");
        assertThat(generation).containsEntry("GROUP", json.at("/group").asText());
        assertThat(generation.get("LEADER")).isEqualTo(dash(json.at("/leader")));
        assertThat(generation.get("STRATEGY")).isEqualTo(dash(json.at("/strategy")));
    }

    @Test
    void aGroupWithTargetsAndOrigins() {
        JsonNode json = operator.json("groups", "describe", "fleet");
        Map<String, JsonNode> members = items(json.at("/members"))
                .collect(Collectors.toMap(each -> each.at("/consumer_id").asText(), each -> each));
        Function<String, Function<JsonNode, String>> ofOwner =
                pointer -> row -> text(members.get(row.at("/owner").asText()).at(pointer));
        assertThat(members.get("fleet_m1").at("/instance_id").asText()).isEqualTo("press-1");
        assertThat(json.at("/partitions/1/misplaced").asBoolean()).isTrue();
        same(
                List.of(
                        Column.of("TOPIC", "/topic"),
                        Column.of("PARTITION", "/partition"),
                        Column.of("CURRENT-OFFSET", "/current_offset"),
                        Column.of("LOG-END-OFFSET", "/log_end_offset"),
                        Column.of("LAG", "/lag"),
                        new Column("COMMIT-AGE", row -> row.at("/committed_ms").isNull() ? "-" : "some"),
                        Column.of("CONSUMER-ID", "/thread"),
                        Column.of("TARGET", "/target"),
                        new Column("MISPLACED", row -> row.at("/misplaced").asBoolean() ? "yes" : "-"),
                        new Column("INSTANCE-ID", ofOwner.apply("/instance_id")),
                        new Column("RACK", ofOwner.apply("/rack"))),
                "/partitions",
                "groups",
                "describe",
                "fleet",
                "--verbose");
        same(
                List.of(
                        Column.constant("GROUP", "fleet"),
                        Column.of("CONSUMER-ID", "/consumer_id"),
                        Column.of("GROUP-INSTANCE-ID", "/instance_id"),
                        new Column("HOST", row -> "/" + row.at("/host").asText()),
                        Column.of("CLIENT-ID", "/client_id"),
                        new Column("#PARTITIONS", row -> Integer.toString(owned(row))),
                        new Column("ASSIGNMENT", row -> assignment(row.at("/owned")))),
                "/members",
                "groups",
                "describe",
                "fleet",
                "--members",
                "--verbose");
        same(
                List.of(
                        Column.of("GROUP", "/group"),
                        Column.of("GENERATION", "/generation"),
                        Column.of("LEADER", "/leader"),
                        Column.of("STRATEGY", "/strategy"),
                        Column.of("MEMBERS", "/member_count"),
                        Column.of("PARTITIONS", "/partition_count")),
                "",
                "groups",
                "describe",
                "fleet",
                "--generations");
        same(
                List.of(
                        Column.of("GROUP", "/group"),
                        Column.of("COORDINATOR", "/leader"),
                        Column.of("ASSIGNMENT-STRATEGY", "/strategy"),
                        Column.of("STATE", "/state"),
                        Column.of("#MEMBERS", "/member_count")),
                "",
                "groups",
                "describe",
                "fleet",
                "--state");
    }

    private static int owned(JsonNode member) {
        int owned = 0;
        for (JsonNode partitions : member.at("/owned")) {
            owned += partitions.size();
        }
        return owned;
    }

    @Test
    void offsetsThatWouldMove() {
        String[] command = {"groups", "reset-offsets", "idle", "--all-topics", "--shift-by", "-8"};
        same(
                List.of(
                        Column.constant("GROUP", "idle"),
                        Column.of("TOPIC", "/topic"),
                        Column.of("PARTITION", "/partition"),
                        Column.of("NEW-OFFSET", "/new_offset")),
                "/offsets",
                command);
        JsonNode json = operator.json(command);
        assertThat(json.at("/executed").asBoolean()).isFalse();
        assertThat(json.at("/offsets")).hasSize(2);
        assertThat(items(json.at("/offsets")).map(each -> each.at("/old_offset").asInt()))
                .containsExactly(7, 9);
    }

    @Test
    void nodes() {
        JsonNode list = operator.json("tree", "ls", "-s", "/nodes");
        String children = items(list.at("/children")).map(JsonNode::asText).collect(Collectors.joining(", ", "[", "]"));
        assertThat(operator.types("tree", "ls", "-s", "/nodes").good().lines())
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(children), stat(list)).toList());
        assertThat(operator.types("tree", "ls", "-R", "/nodes").good().lines())
                .containsExactlyElementsOf(
                        items(operator.json("tree", "ls", "-R", "/nodes").at("/paths"))
                                .map(JsonNode::asText)
                                .toList());
        JsonNode value = operator.json("tree", "get", "/nodes/b");
        assertThat(operator.types("tree", "get", "-s", "/nodes/b").good().lines())
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(value.at("/data").asText()), stat(value))
                                .toList());
        JsonNode state = operator.json("tree", "stat", "/nodes/b");
        assertThat(operator.types("tree", "stat", "/nodes/b").good().lines())
                .containsExactlyElementsOf(stat(state).toList());
    }

    @Test
    void whatIsDoneWithNodes() {
        JsonNode made = operator.json("tree", "create", "--sequential", "/nodes/a/s-");
        assertThat(operator.types("tree", "get", made.at("/path").asText()).good())
                .isEqualTo("null\n");
        String next =
                operator.types("tree", "create", "--sequential", "/nodes/a/s-").good();
        assertThat(next).isEqualTo("Created " + made.at("/path").asText().replaceAll("1$", "2") + "\n");
        JsonNode set = operator.json("tree", "set", "/nodes/a", "one");
        assertThat(operator.types("tree", "set", "/nodes/a", "two").good())
                .isEqualTo("Set /nodes/a, which has version "
                        + (set.at("/stat/version").asInt() + 1) + " now\n");
        operator.types("tree", "create", "-p", "/gone/1/x").good();
        operator.types("tree", "create", "-p", "/gone/2/x").good();
        JsonNode deleted = operator.json("tree", "delete", "-R", "/gone/1");
        assertThat(operator.types("tree", "delete", "-R", "/gone/2").good())
                .isEqualTo("Deleted /gone/2 and " + (deleted.at("/deleted").asInt() - 1) + " nodes below it\n");
        assertThat(deleted.at("/path").asText()).isEqualTo("/gone/1");
    }

    private static Stream<String> stat(JsonNode json) {
        JsonNode stat = json.at("/stat");
        return Stream.of(
                "cZxid = " + stat.at("/czxid").asText(),
                "ctime = " + new Date(stat.at("/ctime_ms").asLong()),
                "mZxid = " + stat.at("/mzxid").asText(),
                "mtime = " + new Date(stat.at("/mtime_ms").asLong()),
                "pZxid = " + stat.at("/pzxid").asText(),
                "cversion = " + stat.at("/cversion").asText(),
                "dataVersion = " + stat.at("/version").asText(),
                "aclVersion = " + stat.at("/aversion").asText(),
                "ephemeralOwner = " + stat.at("/ephemeral_owner").asText(),
                "dataLength = " + stat.at("/data_length").asText(),
                "numChildren = " + stat.at("/num_children").asText());
    }

    @Test
    void aServer() {
        // Figures move from one answer to the next, because each is a request.
        List<String> standing = List.of("ID", "SERVER", "MODE", "NODES", "VERSION");
        Map<String, String> row = Printed.table(
                        "ID", firstLines(operator.types("ensemble").good()))
                .get(0);
        JsonNode json = operator.json("ensemble");
        JsonNode one = json.at("/servers/0");
        assertThat(standing.stream().map(row::get))
                .containsExactly(
                        text(one.at("/id")),
                        one.at("/server").asText(),
                        one.at("/mode").asText(),
                        one.at("/nodes").asText(),
                        one.at("/version").asText());
        assertThat(json.at("/serving").asInt()).isEqualTo(1);
    }

    private static String firstLines(String text) {
        return text.lines().limit(2).collect(Collectors.joining("\n"));
    }

    // ---- rows on both sides

    private void same(List<Column> columns, String rows, String... command) {
        JsonNode json = operator.json(command);
        assertThat(json.at("/at_zxid").asText()).matches("0x[0-9a-f]+");
        List<Map<String, String>> expected = (rows.isEmpty() ? Stream.of(json) : items(json.at(rows)))
                .map(row -> cells(columns, row))
                .toList();
        List<Map<String, String>> found = Printed.table(
                columns.get(0).head(), tableOf(operator.types(command).good()));
        found.forEach(row -> row.replaceAll((head, cell) -> head.equals("COMMIT-AGE") ? some(cell) : cell));
        assertThat(found).isNotEmpty().isEqualTo(expected);
        assertThat(found.get(0).keySet())
                .containsExactlyElementsOf(columns.stream().map(Column::head).toList());
    }

    /** Without what is said below it. */
    private static String tableOf(String text) {
        return text.lines().filter(line -> !line.startsWith("Broker 3 ")).collect(Collectors.joining("\n"));
    }

    private static Map<String, String> cells(List<Column> columns, JsonNode row) {
        Map<String, String> cells = new LinkedHashMap<>();
        columns.forEach(column -> cells.put(column.head(), column.cell().apply(row)));
        return cells;
    }

    private static String some(String cell) {
        return cell.matches("\\d+s") ? "some" : cell;
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "-" : value.asText();
    }

    private static String dash(JsonNode value) {
        return value.asText("").isEmpty() ? "-" : value.asText();
    }

    private static String ids(JsonNode numbers) {
        return items(numbers).map(JsonNode::asText).collect(Collectors.joining(","));
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String time(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static String assignment(JsonNode topics) {
        List<String> parts = new ArrayList<>();
        topics.properties().forEach(each -> parts.add(each.getKey() + "(" + ids(each.getValue()) + ")"));
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }
}
