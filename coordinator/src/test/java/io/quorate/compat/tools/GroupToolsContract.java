package io.quorate.compat.tools;

import static io.quorate.compat.tools.ToolCluster.await;
import static io.quorate.compat.tools.ToolCluster.awaitSame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.compat.kafka.KafkaJars;
import io.quorate.compat.kafka.OldConsumer;
import io.quorate.compat.kafka.Tools.Said;
import io.quorate.coordinator.cli.Operator;
import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.groups.GroupMember;
import io.quorate.groups.RebalanceListener;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.CoordinatorClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the commands about groups print: of groups of old consumers beside the tools of 0.10.2.2, which read the same tree; and of
 * groups like those that a broker keeps, beside the tool of 3.9.1, which asks the broker for its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GroupToolsContract {

    private static final String GROUPS = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static final String OLD_GROUPS = "kafka.admin.ConsumerGroupCommand";
    private static final String OLD_CHECKER = "kafka.tools.ConsumerOffsetChecker";

    /** Where the members of both kinds have committed. */
    private static final Map<String, Long> COMMITTED =
            Map.of("orders:0", 1L, "orders:1", 2L, "orders:2", 3L, "logs:0", 0L, "logs:1", 0L);

    private final CompatServer server;
    private final Operator operator;
    private ToolCluster cluster;

    GroupToolsContract(CompatServer server) {
        this.server = server;
        this.operator = new Operator(server::connectString);
    }

    @BeforeAll
    void start() throws Exception {
        cluster = new ToolCluster(server);
        cluster.start();
    }

    @AfterAll
    void end() throws Exception {
        if (cluster != null) {
            cluster.stop();
        }
    }

    ToolCluster cluster() {
        return cluster;
    }

    Operator operator() {
        return operator;
    }

    @Test
    void groupsOfOldConsumersAreDescribedAsOldKafkaDescribesThem() throws Exception {
        operator.types("tree", "create", "-p", "/consumers/aged/offsets/orders/0", "1")
                .good();
        operator.types("tree", "create", "-p", "/consumers/aged/offsets/orders/1", "2")
                .good();
        try (OldConsumer consumer = OldConsumer.start(
                KafkaJars.classPath("0.10.2.2"),
                server.connectString(),
                "aged",
                OldConsumer.Settings.patient("orders"),
                server.folder().resolve("aged.out"))) {
            await().untilAsserted(() -> assertThat(
                            operator.json("groups", "describe", "aged").at("/partitions"))
                    .hasSize(3)
                    .allMatch(each -> !each.at("/owner").isNull()));
            sameAsOld("aged");
            checked("aged");
            consumer.leave();
            await().untilAsserted(() -> assertThat(
                            operator.json("groups", "describe", "aged").at("/members"))
                    .isEmpty());
        }
        sameAsOld("aged");
        assertThat(operator.types("groups", "describe", "aged").err())
                .isEqualTo("\nConsumer group 'aged' has no active members.\n");
        awaitSame(
                "names",
                () -> Printed.table("GROUP", operator.types("groups", "list").good()).stream()
                        .map(row -> row.get("GROUP"))
                        .toList(),
                () -> Printed.lines(cluster.oldTool(OLD_GROUPS, "--list").good()).stream()
                        .sorted()
                        .toList());
        assertThat(cluster.oldTool(OLD_GROUPS, "--describe", "--group", "nobody")
                                .out()
                        + cluster.oldTool(OLD_GROUPS, "--describe", "--group", "nobody")
                                .err())
                .contains("The consumer group 'nobody' does not exist.");
    }

    /** Table and JSON say the same as the group command of 0.10.2.2. */
    private void sameAsOld(String group) {
        awaitSame(
                group,
                () -> Printed.table("GROUP", describe(group)).stream()
                        .map(GroupToolsContract::ofOld)
                        .toList(),
                () -> oldRows(group));
        awaitSame(
                group + " in JSON",
                () -> stream(json(group).at("/partitions"))
                        .map(GroupToolsContract::ofOld)
                        .toList(),
                () -> oldRows(group));
    }

    private List<Map<String, String>> oldRows(String group) {
        return Printed.table(
                        "TOPIC",
                        cluster.oldTool(OLD_GROUPS, "--describe", "--group", group)
                                .good())
                .stream()
                .sorted((one, other) -> key(one).compareTo(key(other)))
                .toList();
    }

    private static String key(Map<String, String> row) {
        return row.get("TOPIC") + " " + row.get("PARTITION");
    }

    private static Map<String, String> ofOld(Map<String, String> row) {
        Map<String, String> old = new LinkedHashMap<>(row);
        old.keySet().removeAll(List.of("GROUP", "HOST", "CLIENT-ID"));
        return old;
    }

    private static Map<String, String> ofOld(JsonNode partition) {
        Map<String, String> old = new LinkedHashMap<>();
        old.put("TOPIC", partition.at("/topic").asText());
        old.put("PARTITION", partition.at("/partition").asText());
        old.put("CURRENT-OFFSET", text(partition.at("/current_offset"), "-"));
        old.put("LOG-END-OFFSET", text(partition.at("/log_end_offset"), "-"));
        old.put("LAG", text(partition.at("/lag"), "-"));
        old.put("CONSUMER-ID", text(partition.at("/owner"), "-"));
        return old;
    }

    private static String text(JsonNode value, String none) {
        return value.isNull() ? none : value.asText();
    }

    /** JSON says the same as the offset checker of 0.10.2.2; it names threads, not members, and takes -1 for no offset. */
    private void checked(String group) {
        awaitSame(
                group + " checked",
                () -> stream(json(group).at("/partitions"))
                        .map(each -> List.of(
                                group,
                                each.at("/topic").asText(),
                                each.at("/partition").asText(),
                                text(each.at("/current_offset"), "-1"),
                                text(each.at("/log_end_offset"), "unknown"),
                                text(each.at("/lag"), "unknown"),
                                text(each.at("/thread"), "none")))
                        .toList(),
                () -> Printed.table(
                                "Group",
                                cluster.oldTool(OLD_CHECKER, "--group", group).good())
                        .stream()
                        .map(row -> List.copyOf(row.values()))
                        .toList());
    }

    @Test
    void ourMembersAreDescribedAsKafkaDescribesItsOwn() throws Exception {
        // Of one name in both places: ours in the tree, theirs at the broker.
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.broker().address(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "modern",
                ConsumerConfig.CLIENT_ID_CONFIG,
                "c1",
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                "i1",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                45_000);
        GroupConfig config = new GroupConfig("modern", Subscription.topics(List.of("orders", "logs")))
                .with(new Identity("c1", "i1", null, "127.0.0.1", true));
        try (KafkaConsumer<byte[], byte[]> theirs =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                GroupMember ours = GroupMember.join(
                        config,
                        CoordinatorClient.builder(server.connectString()).sessionTimeout(Duration.ofSeconds(30)),
                        new Silent())) {
            theirs.subscribe(List.of("orders", "logs"));
            await().until(() -> {
                theirs.poll(Duration.ofMillis(100));
                return theirs.assignment().size() == 5 && ours.assignment().size() == 5;
            });
            commit(theirs, ours);
            for (List<String> view : List.of(
                    List.<String>of(),
                    List.of("--offsets"),
                    List.of("--members"),
                    List.of("--members", "--verbose"),
                    List.of("--state"))) {
                sameAsNew("modern", view);
            }
            sameAsOld("modern");
            checked("modern");
            statesAre("Stable");
        }
    }

    private void commit(KafkaConsumer<byte[], byte[]> theirs, GroupMember ours) throws Exception {
        Map<org.apache.kafka.common.TopicPartition, OffsetAndMetadata> toKafka = new HashMap<>();
        Map<TopicPartition, Long> toTree = new HashMap<>();
        COMMITTED.forEach((name, offset) -> {
            String[] parts = name.split(":", -1);
            int partition = Integer.parseInt(parts[1]);
            toKafka.put(new org.apache.kafka.common.TopicPartition(parts[0], partition), new OffsetAndMetadata(offset));
            toTree.put(new TopicPartition(parts[0], partition), offset);
        });
        theirs.commitSync(toKafka, Duration.ofMinutes(1));
        ours.commit(toTree).get(1, TimeUnit.MINUTES);
    }

    /** Heads and rows are the same, but for the ids of the members, and for what only a broker or only our leader knows. */
    private void sameAsNew(String group, List<String> view) {
        List<String> theirs = new ArrayList<>(List.of("--describe", "--group", group));
        theirs.addAll(view);
        awaitSame(
                group + " " + view,
                () -> comparable(describe(group, view.toArray(new String[0]))),
                () -> comparable(
                        cluster.tool(GROUPS, theirs.toArray(new String[0])).good()));
    }

    private static List<Map<String, String>> comparable(String text) {
        List<Map<String, String>> rows = new ArrayList<>();
        // The address of a coordinator and its number are one cell; the strategy of a group without members is none.
        String cells = text.replaceAll("(?m)(:\\d+) +\\(\\d+\\) +(?:\\S+ +)??(\\S+) +(\\d+) *$", "$1 - $2 $3");
        for (Map<String, String> row : Printed.table("GROUP", cells)) {
            Map<String, String> comparable = new LinkedHashMap<>(row);
            comparable.computeIfPresent("CONSUMER-ID", (head, id) -> id.equals("-") ? id : "ID");
            // 3.9.1 forgets the names of the topics.
            comparable.computeIfPresent(
                    "ASSIGNMENT", (head, topics) -> Printed.sorted(topics.replaceAll("[a-z]+", ""), ", "));
            comparable.replace("COORDINATOR", "-");
            comparable.replace("ASSIGNMENT-STRATEGY", "-");
            rows.add(comparable);
        }
        rows.sort((one, other) -> one.toString().compareTo(other.toString()));
        return rows;
    }

    private void statesAre(String state) {
        awaitSame(
                "states",
                () -> states(operator.types("groups", "list").good()).get("modern"),
                () -> states(cluster.tool(GROUPS, "--list", "--state").good()).get("modern"));
        assertThat(states(operator.types("groups", "list", "--state", state).good()))
                .containsEntry("modern", state);
    }

    private static Map<String, String> states(String text) {
        Map<String, String> states = new TreeMap<>();
        Printed.table("GROUP", text).forEach(row -> states.put(row.get("GROUP"), row.get("STATE")));
        return states;
    }

    @Test
    void offsetsAreMovedAsKafkaMovesThem() throws Exception {
        operator.types("tree", "create", "-p", "/consumers/idle/ids").good();
        sameReset(true, "--topic", "orders", "--to-offset", "2");
        sameReset(true, "--topic", "logs:0", "--to-offset", "0");
        inSameLines();
        sameReset(false, "--topic", "orders:0,2", "--to-offset", "1");
        sameReset(false, "--all-topics", "--shift-by", "1");
        sameReset(false, "--all-topics", "--shift-by", "-100");
        sameReset(false, "--all-topics", "--to-current");
        sameReset(true, "--topic", "orders:1", "--to-latest");
        List<String> exported = exported(List.of("--all-topics", "--to-current"));
        assertThat(exported).containsExactly("logs,0,0", "orders,0,2", "orders,1,3", "orders,2,2");
        Path file = Files.write(server.folder().resolve("idle.csv"), List.of("orders,0,1", "orders,2,1"));
        sameReset(true, "--from-file", file.toString());
        inSameLines();
        Outcome refused = operator.types("groups", "reset-offsets", "nobody", "--all-topics", "--to-offset", "1");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(cluster.tool(GROUPS, "--describe", "--group", "nobody").out()
                        + cluster.tool(GROUPS, "--describe", "--group", "nobody")
                                .err())
                .contains("Consumer group 'nobody' does not exist.");
        assertThat(refused.err()).contains("Consumer group 'nobody' does not exist;");
    }

    /** Line by line, blanks at the ends of lines aside; what is to be known besides goes to standard error in both. */
    private void inSameLines() {
        Said theirs = cluster.tool(GROUPS, "--describe", "--group", "idle");
        Outcome ours = operator.types(withEnds("groups", "describe", "idle"));
        assertThat(ours.good().lines().map(String::stripTrailing).sorted().toList())
                .isEqualTo(theirs.good()
                        .lines()
                        .map(String::stripTrailing)
                        .sorted()
                        .toList());
        assertThat(ours.err()).isEqualTo(theirs.err());
        for (String view : List.of("--members", "--state")) {
            assertThat(Printed.lines(describe("idle", view)).get(0))
                    .isEqualTo(Printed.lines(cluster.tool(GROUPS, "--describe", "--group", "idle", view)
                                    .good())
                            .get(0));
            sameAsNew("idle", List.of(view));
        }
    }

    private void sameReset(boolean execute, String... how) {
        List<String> more = new ArrayList<>(Arrays.asList(how));
        more.add(execute ? "--execute" : "--dry-run");
        List<String> theirs = new ArrayList<>(List.of("--reset-offsets", "--group", "idle"));
        theirs.addAll(more);
        List<String> ours = new ArrayList<>(List.of("groups", "reset-offsets", "idle"));
        ours.addAll(more);
        Said said = cluster.tool(GROUPS, theirs.toArray(new String[0]));
        Outcome outcome = operator.types(withEnds(ours.toArray(new String[0])));
        assertThat(inFours(outcome.good())).as(more.toString()).isEqualTo(inFours(said.good()));
        assertThat(outcome.err().isEmpty()).isEqualTo(execute);
    }

    /** 3.9.1 forgets to end the lines of this table. */
    private static Set<String> inFours(String text) {
        String[] words = text.strip().split("\\s+");
        Set<String> rows = new TreeSet<>();
        for (int i = 0; i < words.length; i += 4) {
            rows.add(String.join(" ", Arrays.asList(words).subList(i, Math.min(i + 4, words.length))));
        }
        return rows;
    }

    private List<String> exported(List<String> how) {
        List<String> theirs = new ArrayList<>(List.of("--reset-offsets", "--group", "idle", "--export"));
        theirs.addAll(how);
        List<String> ours = new ArrayList<>(List.of("groups", "reset-offsets", "idle", "--export"));
        ours.addAll(how);
        List<String> lines =
                Printed.lines(operator.types(ours.toArray(new String[0])).good());
        assertThat(lines)
                .isEqualTo(Printed.lines(cluster.tool(GROUPS, theirs.toArray(new String[0]))
                                .good())
                        .stream()
                        .sorted()
                        .toList());
        return lines;
    }

    // ---- what is asked again and again

    private String describe(String group, String... view) {
        List<String> command = new ArrayList<>(List.of("groups", "describe", group));
        command.addAll(List.of(view));
        return operator.types(withEnds(command.toArray(new String[0]))).good();
    }

    private JsonNode json(String group) {
        return operator.json(withEnds("groups", "describe", group));
    }

    /** Where logs end is asked of the broker, as operators would. */
    private String[] withEnds(String... command) {
        String ends = cluster.tool("org.apache.kafka.tools.GetOffsetShell", "--topic", "orders|logs")
                .good();
        List<String> all = new ArrayList<>(List.of(command));
        try {
            Path file = Files.writeString(server.folder().resolve("ends.txt"), ends);
            all.addAll(List.of("--log-end-offsets", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toArray(new String[0]);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A host that does nothing. */
    private static final class Silent implements RebalanceListener {
        @Override
        public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
            // It processes nothing.
        }

        @Override
        public void onRevoked(Set<TopicPartition> partitions) {
            // Nothing is in process.
        }

        @Override
        public void onLost(Set<TopicPartition> partitions) {
            // As before.
        }
    }
}
