package io.quorate.compat.tools;

import static io.quorate.compat.tools.ToolCluster.ask;
import static io.quorate.compat.tools.ToolCluster.awaitSame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.compat.kafka.Tools.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the commands about brokers, topics and nodes (and, inherited, groups) print, beside Kafka's tools on the same cluster. */
abstract class ToolsContract extends GroupToolsContract {

    private static final String CONFIGS = "kafka.admin.ConfigCommand";
    private static final Pattern BROKER = Pattern.compile("(?m)^(\\S+):(\\d+) \\(id: (\\d+) rack: (\\S+)\\) -> \\(");
    private static final Pattern CONFIG = Pattern.compile("(?m)^ {2}(\\S+)=(\\S*) sensitive=");

    ToolsContract(CompatServer server) {
        super(server);
    }

    @Test
    void topicsAreListedAsKafkaListsThem() {
        awaitSame(
                "old",
                () -> ours("topics", "list"),
                () -> Printed.lines(cluster().oldTopics("--list")));
        assertThat(ours("topics", "list")).contains("marked - marked for deletion");
        awaitSame(
                "new",
                () -> unmarked(ours("topics", "list")),
                () -> Printed.lines(cluster().topics("--list")));
        awaitSame(
                "without internal ones",
                () -> unmarked(ours("topics", "list", "--exclude-internal")),
                () -> Printed.lines(cluster().topics("--list", "--exclude-internal")));
        assertThat(operator().json("topics", "list").at("/topics"))
                .extracting(each -> each.at("/name").asText()
                        + (each.at("/marked_for_deletion").asBoolean() ? " - marked for deletion" : ""))
                .containsExactlyElementsOf(ours("topics", "list"));
    }

    @Test
    void topicsAreDescribedAsKafkaDescribesThem() {
        for (List<String> filter : List.of(
                List.<String>of(),
                List.of("--topic", "theirs"),
                List.of("--topic", "ours"),
                List.of("--exclude-internal"),
                List.of("--topics-with-overrides"),
                List.of("--under-replicated-partitions"),
                List.of("--unavailable-partitions"),
                List.of("--under-min-isr-partitions"),
                List.of("--at-min-isr-partitions"))) {
            awaitSame(
                    filter.toString(),
                    () -> Printed.described(unmarked(describe(filter))),
                    () -> Printed.described(cluster().topics(words("--describe", filter))));
        }
        assertThat(describe(List.of("--topic", "coming")))
                .contains("Leader: none", "Adding Replicas: 1\tRemoving Replicas: 2");
        assertThat(describe(List.of("--topic", "going"))).contains("Adding Replicas: \tRemoving Replicas: 1");
    }

    @Test
    void whatJsonSaysOfTopicsIsWhatTheLinesSay() {
        for (List<String> filter : List.of(List.<String>of(), List.of("--under-replicated-partitions"))) {
            List<Map<String, String>> lines = new ArrayList<>();
            for (String line : Printed.described(describe(filter))) {
                Map<String, String> fields = new TreeMap<>(Printed.fields(line));
                fields.keySet().removeAll(List.of("Elr", "LastKnownElr"));
                lines.add(fields);
            }
            JsonNode json = operator().json(words("topics", "describe", filter));
            assertThat(described(json, filter.isEmpty())).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    /** The fields that lines would have. */
    private static List<Map<String, String>> described(JsonNode json, boolean withTopics) {
        List<Map<String, String>> described = new ArrayList<>();
        for (JsonNode topic : json.at("/topics")) {
            Map<String, String> head = new TreeMap<>();
            head.put("Topic", topic.at("/name").asText());
            if (topic.at("/marked_for_deletion").asBoolean()) {
                head.put("MarkedForDeletion", "true");
            }
            for (JsonNode partition : topic.at("/partitions")) {
                described.add(partition(head, partition));
            }
            if (!topic.at("/topic_id").isNull()) {
                head.put("TopicId", topic.at("/topic_id").asText());
            }
            head.put("PartitionCount", topic.at("/partition_count").asText());
            head.put("ReplicationFactor", topic.at("/replication_factor").asText());
            List<String> configs = new ArrayList<>();
            topic.at("/configs")
                    .properties()
                    .forEach(each ->
                            configs.add(each.getKey() + "=" + each.getValue().asText()));
            head.put("Configs", Printed.sorted(String.join(",", configs), ","));
            if (withTopics) {
                described.add(head);
            }
        }
        return described;
    }

    private static Map<String, String> partition(Map<String, String> head, JsonNode partition) {
        Map<String, String> fields = new TreeMap<>(head);
        fields.put("Partition", partition.at("/partition").asText());
        fields.put(
                "Leader",
                partition.at("/leader").isNull()
                        ? "none"
                        : partition.at("/leader").asText());
        fields.put("Replicas", ids(partition.at("/replicas")));
        fields.put("Isr", ids(partition.at("/isr")));
        if (!partition.at("/adding").isEmpty() || !partition.at("/removing").isEmpty()) {
            fields.put("Adding Replicas", ids(partition.at("/adding")));
            fields.put("Removing Replicas", ids(partition.at("/removing")));
        }
        return fields;
    }

    private static String ids(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    @Test
    void topicsAreDescribedAsOldKafkaDescribesThem() {
        for (List<String> filter : List.of(
                List.<String>of(),
                List.of("--topic", "ours"),
                List.of("--topics-with-overrides"),
                List.of("--unavailable-partitions"))) {
            awaitSame(
                    filter.toString(),
                    () -> Printed.lines(describe(filter)).stream()
                            .map(ToolsContract::asOfOld)
                            .toList(),
                    () -> Printed.lines(cluster().oldTopics(words("--describe", filter))).stream()
                            .map(ToolsContract::asOfOld)
                            .toList());
        }
    }

    /** What 0.10.2.2 says in a line, too; it counts the replicas that a move adds, and does not tell of moves and deletions. */
    private static Map<String, String> asOfOld(String line) {
        Map<String, String> fields = new TreeMap<>(Printed.fields(line));
        fields.keySet()
                .removeAll(List.of(
                        "TopicId", "Elr", "LastKnownElr", "MarkedForDeletion", "Adding Replicas", "Removing Replicas"));
        fields.replace("Leader", "none", "-1");
        fields.computeIfPresent("Configs", (key, configs) -> Printed.sorted(configs, ","));
        if (fields.get("Topic").equals("coming")) {
            fields.remove("ReplicationFactor");
        }
        return fields;
    }

    @Test
    void partitionsAreListedAsKafkaDescribesThem() {
        partitions(List.of(), List.of("--describe"));
        partitions(List.of("--topic", "theirs"), List.of("--describe", "--topic", "theirs"));
        partitions(List.of("--under-replicated"), List.of("--describe", "--under-replicated-partitions"));
        partitions(List.of("--offline"), List.of("--describe", "--unavailable-partitions"));
        JsonNode json = operator().json("partitions", "list", "--not-preferred").at("/partitions");
        assertThat(json)
                .isNotEmpty()
                .allMatch(each ->
                        each.at("/leader").asInt(-1) != each.at("/replicas/0").asInt());
        assertThat(operator().types("partitions", "list", "--topic", "nowhere").code())
                .isEqualTo(2);
    }

    private void partitions(List<String> filter, List<String> theirs) {
        String[] command = words("partitions", "list", filter);
        awaitSame(
                filter.toString(),
                () -> Printed.table("TOPIC", operator().types(command).good()).stream()
                        .filter(row -> !row.get("TOPIC").equals("marked"))
                        .map(row -> String.join(
                                "\t",
                                row.get("TOPIC"),
                                row.get("PARTITION"),
                                row.get("LEADER"),
                                row.get("REPLICAS"),
                                row.get("ISR")))
                        .sorted()
                        .toList(),
                () -> Printed.lines(cluster().topics(theirs.toArray(new String[0]))).stream()
                        .map(Printed::fields)
                        .filter(row -> row.containsKey("Partition"))
                        .map(row -> String.join(
                                "\t",
                                row.get("Topic"),
                                row.get("Partition"),
                                row.get("Leader"),
                                row.get("Replicas"),
                                row.get("Isr")))
                        .sorted()
                        .toList());
        assertThat(StreamSupport.stream(
                                operator().json(command).at("/partitions").spliterator(), false)
                        .map(ToolsContract::row))
                .containsExactlyElementsOf(
                        Printed.table("TOPIC", operator().types(command).good()));
    }

    private static Map<String, String> row(JsonNode partition) {
        Map<String, String> row = new TreeMap<>();
        row.put("TOPIC", partition.at("/topic").asText());
        row.put("PARTITION", partition.at("/partition").asText());
        row.put(
                "LEADER",
                partition.at("/leader").isNull()
                        ? "none"
                        : partition.at("/leader").asText());
        row.put("LEADER-EPOCH", partition.at("/leader_epoch").asText());
        row.put("PARTITION-EPOCH", partition.at("/partition_epoch").asText());
        row.put("CTRL-EPOCH", partition.at("/controller_epoch").asText());
        row.put("REPLICAS", ids(partition.at("/replicas")));
        row.put("ISR", ids(partition.at("/isr")));
        row.put("RECOVERY", partition.at("/recovering").asBoolean() ? "1" : "0");
        return row;
    }

    @Test
    void configsOfAllBrokersCountForTheLeastNumberInSync() {
        alterAllBrokers("--add-config", "min.insync.replicas=2");
        awaitSame(
                "dynamic configs",
                () -> configsOf(body("/config/brokers/<default>")),
                () -> Map.of("min.insync.replicas", "2"));
        for (String filter : List.of("--under-min-isr-partitions", "--at-min-isr-partitions")) {
            awaitSame(
                    filter,
                    () -> Printed.described(unmarked(describe(List.of(filter)))),
                    () -> Printed.described(cluster().topics("--describe", filter)));
        }
        alterAllBrokers("--delete-config", "min.insync.replicas");
    }

    private void alterAllBrokers(String change, String config) {
        cluster()
                .tool(CONFIGS, "--alter", "--entity-type", "brokers", "--entity-default", change, config)
                .good();
    }

    @Test
    void whatIsCreatedHereHasTheFormOfWhatKafkaCreates() throws Exception {
        JsonNode ours = body("/brokers/topics/ours");
        JsonNode theirs = body("/brokers/topics/theirs");
        assertThat(ours.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(() -> theirs.fieldNames());
        assertThat(ours.at("/version")).isEqualTo(theirs.at("/version"));
        assertThat(theirs.at("/partitions")).hasToString("{\"0\":[1,2],\"1\":[2,1],\"2\":[1,2]}");
        assertThat(ours.at("/partitions")).hasToString("{\"0\":[1,2],\"1\":[2,1]}");
        assertThat(body("/config/topics/ours").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> body("/config/topics/theirs").fieldNames());
        for (String placed : List.of("placed.ours", "placed.theirs")) {
            assertThat(operator().json("topics", "describe", placed).at("/topics/0/partitions"))
                    .as(placed)
                    .hasSize(4)
                    .allMatch(each -> List.of("[1,2]", "[2,1]")
                            .contains(each.at("/replicas").toString()));
        }
        Said again = cluster().tool(ToolCluster.TOPICS, "--create", "--topic", "ours", "--replica-assignment", "1");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out()).contains("Topic 'ours' already exists.");
        assertThat(operator().types("topics", "create", "theirs").code()).isEqualTo(4);
        assertThat(operator().types("topics", "create", "placed_ours").err()).contains("collides with placed.ours");
    }

    private JsonNode body(String path) {
        return operator().types("tree", "get", path).json();
    }

    @Test
    void topicsOfBothAreDeletedByBoth() {
        for (String by : List.of("us", "kafka", "old-kafka")) {
            assertThat(operator()
                            .json("topics", "create", "brief-" + by, "--replica-assignment", "1,1")
                            .at("/changed")
                            .asBoolean())
                    .isTrue();
        }
        awaitSame("all are there", () -> 3L, () -> brief(Printed.lines(cluster().topics("--list"))));
        JsonNode deleted = operator().json("topics", "delete", "brief-us");
        assertThat(deleted.at("/topic").asText()).isEqualTo("brief-us");
        assertThat(deleted.at("/message").asText())
                .isEqualTo("Topic brief-us is marked for deletion. Broker 1, the controller, deletes it.");
        cluster().topics("--delete", "--topic", "brief-kafka");
        assertThat(cluster().oldTopics("--delete", "--topic", "brief-old-kafka"))
                .startsWith("Topic brief-old-kafka is marked for deletion.");
        awaitSame(
                "Kafka sees none", () -> 0L, () -> brief(Printed.lines(cluster().topics("--list"))));
        awaitSame("we see none", () -> 0L, () -> brief(ours("topics", "list")));
        assertThat(operator().types("topics", "describe", "brief-us").code()).isEqualTo(2);
        assertThat(operator().types("topics", "delete", "brief-us").err())
                .isEqualTo("quorate: there is no topic brief-us; see which there are: quorate topics list\n");
    }

    private static long brief(List<String> names) {
        return names.stream().filter(name -> name.startsWith("brief-")).count();
    }

    @Test
    void brokersAreListedAsKafkaListsThem() throws Exception {
        List<String> theirs = new ArrayList<>();
        Matcher matcher = BROKER.matcher(
                cluster().tool("kafka.admin.BrokerApiVersionsCommand").good());
        while (matcher.find()) {
            theirs.add(matcher.group(3) + " " + matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(4));
        }
        String table = operator().types("brokers", "list").good();
        JsonNode json = operator().json("brokers", "list");
        assertThat(Printed.table("ID", table.substring(0, table.indexOf("Broker 2"))))
                .extracting(row -> String.join(" ", row.get("ID"), row.get("HOST"), row.get("PORT"), row.get("RACK")))
                .isEqualTo(theirs);
        assertThat(json.at("/brokers"))
                .extracting(each -> String.join(
                        " ",
                        each.at("/id").asText(),
                        each.at("/host").asText(),
                        each.at("/port").asText(),
                        each.at("/rack").asText()))
                .isEqualTo(theirs);
        assertThat(json.at("/not_registered")).hasToString("[2]");
        assertThat(json.at("/brokers/0/leaders").asLong())
                .isEqualTo(Printed.lines(describe(List.of())).stream()
                        .filter(line -> line.contains("Leader: 1"))
                        .count());
    }

    @Test
    void oneBrokerIsDescribedAsKafkaDescribesIt() {
        cluster()
                .tool(
                        CONFIGS,
                        "--alter",
                        "--entity-type",
                        "brokers",
                        "--entity-name",
                        "1",
                        "--add-config",
                        "log.cleaner.threads=2,background.threads=11")
                .good();
        awaitSame(
                "dynamic configs",
                () -> {
                    Map<String, String> configs = new TreeMap<>();
                    operator()
                            .json("brokers", "describe", "1")
                            .at("/configs")
                            .properties()
                            .forEach(each ->
                                    configs.put(each.getKey(), each.getValue().asText()));
                    return configs;
                },
                () -> {
                    Map<String, String> configs = new TreeMap<>();
                    Matcher matcher = CONFIG.matcher(cluster()
                            .tool(CONFIGS, "--describe", "--entity-type", "brokers", "--entity-name", "1")
                            .good());
                    while (matcher.find()) {
                        configs.put(matcher.group(1), matcher.group(2));
                    }
                    return configs;
                });
        assertThat(operator().types("brokers", "describe", "1").good())
                .contains("Dynamic configs: background.threads=11, log.cleaner.threads=2\n")
                .contains("Body: " + withoutGreetings(cluster().shell("get", "/brokers/ids/1")) + "\n");
        assertThat(operator().types("brokers", "describe", "2").code()).isEqualTo(2);
    }

    @Test
    void theControllerIsTheOneThatKafkaKnows() throws Exception {
        Map<String, String> row = Printed.table(
                        "ID", operator().types("controller", "show").good())
                .get(0);
        JsonNode json = operator().json("controller", "show");
        assertThat(row.get("ID"))
                .isEqualTo(ask(cluster().admin().describeCluster().controller()).idString())
                .isEqualTo(json.at("/id").asText());
        assertThat(row.get("EPOCH"))
                .isEqualTo(withoutGreetings(cluster().shell("get", "/controller_epoch")))
                .isEqualTo(json.at("/epoch").asText());
        String stat = withoutGreetings(cluster().shell("stat", "/controller"));
        assertThat(stat).contains("ephemeralOwner = " + row.get("SESSION") + "\n");
        assertThat(json.at("/session").asText()).isEqualTo(row.get("SESSION"));
        assertThat(json.at("/candidates")).isEmpty();
    }

    @Test
    void nodesAreShownAsKafkasShellShowsThem() {
        for (List<String> command : List.of(
                List.of("ls", "/brokers"),
                List.of("ls", "-s", "/brokers/topics"),
                List.of("get", "/brokers/ids/1"),
                List.of("get", "-s", "/controller_epoch"),
                List.of("get", "/brokers"),
                List.of("stat", "/brokers/topics/theirs"))) {
            assertThat(operator()
                            .types(words("tree", command.get(0), command.subList(1, command.size())))
                            .good()
                            .strip())
                    .as(command.toString())
                    .isEqualTo(withoutGreetings(cluster().shell(command.toArray(new String[0]))));
        }
        assertThat(operator()
                        .types("tree", "ls", "-R", "/brokers")
                        .good()
                        .lines()
                        .sorted())
                .isEqualTo(withoutGreetings(cluster().shell("ls", "-R", "/brokers"))
                        .lines()
                        .sorted()
                        .toList());
        assertThat(cluster().shell("get", "/nowhere").code()).isEqualTo(1);
        assertThat(operator().types("tree", "get", "/nowhere").code()).isEqualTo(2);
    }

    /** The greetings come from another thread, in front of the answer or in between, or not any more. */
    private static String withoutGreetings(Said said) {
        return said.good()
                .lines()
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("Connecting to ")
                        && !line.startsWith("WATCHER::")
                        && !line.startsWith("WatchedEvent "))
                .collect(Collectors.joining("\n"));
    }

    private List<String> ours(String... command) {
        return Printed.lines(operator().types(command).good());
    }

    private String describe(List<String> filter) {
        return operator().types(words("topics", "describe", filter)).good();
    }

    /** Without the topic that waits for its deletion, of which brokers do not speak any more. */
    private static List<String> unmarked(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("marked for deletion") && !line.contains("MarkedForDeletion"))
                .toList();
    }

    private static String unmarked(String text) {
        return String.join("\n", unmarked(Printed.lines(text)));
    }

    private static Map<String, String> configsOf(JsonNode body) {
        Map<String, String> configs = new TreeMap<>();
        body.at("/config")
                .properties()
                .forEach(each -> configs.put(each.getKey(), each.getValue().asText()));
        return configs;
    }

    private static String[] words(String first, List<String> more) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(more);
        return words.toArray(new String[0]);
    }

    private static String[] words(String first, String second, List<String> more) {
        List<String> words = new ArrayList<>(List.of(second));
        words.addAll(more);
        return words(first, words);
    }
}
