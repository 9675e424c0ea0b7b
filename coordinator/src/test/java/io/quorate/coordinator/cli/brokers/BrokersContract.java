package io.quorate.coordinator.cli.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.compat.CompatServer;
import io.quorate.coordinator.cli.MetadataFixture;
import io.quorate.coordinator.cli.Operator;
import io.quorate.coordinator.cli.Operator.Outcome;
import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.registry.BrokerRegistry;
import io.quorate.registry.model.Broker;
import io.quorate.wire.proto.Acl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the commands about brokers and topics print, on any server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokersContract {

    private static final String ELR = "\tElr: N/A\tLastKnownElr: N/A";
    private static final String T1 =
            "Topic: t1\tTopicId: vmqmW3-YTWWIWtOSqf0MDQ\tPartitionCount: 3\tReplicationFactor: 2\tConfigs:"
                    + " retention.ms=1000000\n";
    private static final String T1_0 = "\tTopic: t1\tPartition: 0\tLeader: 1\tReplicas: 1,2\tIsr: 2,1" + ELR + "\n";
    private static final String T1_1 = "\tTopic: t1\tPartition: 1\tLeader: 1\tReplicas: 2,1\tIsr: 1" + ELR + "\n";
    private static final String T1_2 = "\tTopic: t1\tPartition: 2\tLeader: none\tReplicas: 2,3\tIsr: 3" + ELR + "\n";

    private final CompatServer server;
    private final Operator operator;
    private MetadataFixture cluster;

    BrokersContract(CompatServer server) {
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

    @Test
    void brokersAreListedWithWhatTheyLeadAndHold() {
        assertThat(operator.types("brokers", "list").good())
                .matches(
                        """
                        ID  EPOCH +HOST        PORT  LISTENERS    RACK  VERSION  UP-SINCE              LEADERS  REPLICAS  SKEW%
                        1   0x[0-9a-f]+ +b1.example  9092  CLIENT,REPL  dc1   5        2026-11-21T01:15:23Z  4        4         0
                        2   0x[0-9a-f]+ +b2.example  9092  PLAINTEXT    -     4        2026-11-21T01:15:24Z  0        4         0
                        Broker 3 is not registered and holds 1 replicas
                        """);
        JsonNode json = operator.json("brokers", "list");
        assertThat(json.at("/brokers/0/id").asInt()).isEqualTo(1);
        assertThat(json.at("/brokers/0/listeners/1/protocol").asText()).isEqualTo("SSL");
        assertThat(json.at("/brokers/1/rack").isNull()).isTrue();
        assertThat(json.at("/brokers/1/schema_version").asInt()).isEqualTo(4);
        assertThat(json.at("/brokers/0/leaders").asInt()).isEqualTo(4);
        assertThat(json.at("/not_registered")).hasToString("[3]");
    }

    @Test
    void oneBrokerIsDescribed() {
        assertThat(operator.types("brokers", "describe", "1").good())
                .contains(
                        "Broker: 1\n",
                        "Rack: dc1\n",
                        "Listeners: CLIENT://b1.example:9092, REPL://b1.example:9093\n",
                        "Dynamic configs: log.cleaner.threads=2\n",
                        "Body: " + cluster.data("/brokers/ids/1") + "\n");
        JsonNode json = operator.json("brokers", "describe", "1");
        assertThat(json.at("/configs/log.cleaner.threads").asText()).isEqualTo("2");
        assertThat(json.at("/up_since_ms").asLong()).isEqualTo(1795223723279L);
        Outcome missing = operator.types("brokers", "describe", "3");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("quorate: broker 3 is not registered; registered are 1,2\n");
    }

    @Test
    void theControllerIsShown() {
        assertThat(operator.types("controller", "show").good())
                .matches(
                        """
                        ID  EPOCH  SINCE                 SESSION +CANDIDATES
                        1   7      2026-11-21T01:15:23Z  0x[0-9a-f]+ +candidate-0000000003
                        """);
        JsonNode json = operator.json("controller", "show");
        assertThat(json.at("/id").asInt()).isEqualTo(1);
        assertThat(json.at("/epoch").asInt()).isEqualTo(7);
        assertThat(json.at("/kraft_migration").asBoolean()).isFalse();
    }

    @Test
    void withoutBrokersEverythingIsEmptyAndNobodyIsController() {
        operator.types("tree", "create", "-p", "/empty").good();
        String empty = server.connectString() + "/empty";
        Outcome controller = Operator.run("controller", "show", "--server", empty, "--timeout", "60s");

        assertThat(controller.code()).isEqualTo(2);
        assertThat(controller.out()).startsWith("No broker is controller now; the last one had epoch 0.");
        assertThat(Operator.run("brokers", "list", "--server", empty, "--timeout", "60s")
                        .good()
                        .lines())
                .hasSize(1);
        assertThat(Operator.run("topics", "list", "--server", empty, "--timeout", "60s")
                        .good())
                .isEmpty();
        assertThat(Operator.run("brokers", "describe", "1", "--server", empty, "--timeout", "60s")
                        .err())
                .isEqualTo("quorate: broker 1 is not registered; no broker is\n");
        Outcome create = Operator.run(
                "topics", "create", "x", "--replica-assignment", "1", "--server", empty, "--timeout", "60s");
        assertThat(create.code()).isEqualTo(2);
        assertThat(create.err()).contains("no broker ever ran here");
    }

    @Test
    void topicsAreListed() {
        assertThat(operator.types("topics", "list", "--exclude-internal").good())
                .contains("moving - marked for deletion\n", "t1\n")
                .doesNotContain("__consumer_offsets");
        assertThat(operator.types("topics", "list").good()).startsWith("__consumer_offsets\n");
        assertThat(operator.json("topics", "list").at("/topics"))
                .anyMatch(topic -> topic.at("/name").asText().equals("moving")
                        && topic.at("/marked_for_deletion").asBoolean());
    }

    @Test
    void topicsAreDescribedAsKafkaDoes() {
        assertThat(operator.types("topics", "describe", "t1").good()).isEqualTo(T1 + T1_0 + T1_1 + T1_2);
        assertThat(operator.types("topics", "describe", "--topic", "moving").good())
                .isEqualTo(
                        "Topic: moving\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: \tMarkedForDeletion: true\n"
                                + "\tTopic: moving\tPartition: 0\tLeader: 1\tReplicas: 2,1\tIsr: 1\tAdding Replicas: 2\tRemoving"
                                + " Replicas: 1" + ELR + "\tMarkedForDeletion: true\n");
        assertThat(operator.types("topics", "describe", "t1", "--under-replicated-partitions")
                        .good())
                .isEqualTo(T1_1 + T1_2);
        assertThat(operator.types("topics", "describe", "t1", "--unavailable-partitions")
                        .good())
                .isEqualTo(T1_2);
        assertThat(operator.types("topics", "describe", "t1", "--at-min-isr-partitions")
                        .good())
                .isEqualTo(T1_1 + T1_2);
        assertThat(operator.types("topics", "describe", "--topics-with-overrides")
                        .good())
                .isEqualTo(T1);
        JsonNode json = operator.json("topics", "describe", "t1");
        assertThat(json.at("/topics/0/topic_id").asText()).isEqualTo("vmqmW3-YTWWIWtOSqf0MDQ");
        assertThat(json.at("/topics/0/configs/retention.ms").asText()).isEqualTo("1000000");
        assertThat(json.at("/topics/0/partitions/2/leader").isNull()).isTrue();
        assertThat(json.at("/topics/0/partitions/0/isr")).hasToString("[2,1]");
        Outcome missing = operator.types("topics", "describe", "none");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no topic none");
    }

    @Test
    void partitionsAreListedWithTheirEpochs() {
        assertThat(operator.types("partitions", "list", "--topic", "t1").good())
                .isEqualTo(
                        """
                        TOPIC  PARTITION  LEADER  LEADER-EPOCH  PARTITION-EPOCH  CTRL-EPOCH  REPLICAS  ISR  RECOVERY
                        t1     0          1       3             0                7           1,2       2,1  0
                        t1     1          1       1             0                7           2,1       1    0
                        t1     2          none    2             0                6           2,3       3    1
                        """);
        assertThat(operator.json("partitions", "list", "--topic", "t1", "--offline")
                        .at("/partitions"))
                .extracting(each -> each.at("/partition").asInt())
                .containsExactly(2);
        assertThat(operator.json("partitions", "list", "--topic", "t1", "--not-preferred")
                        .at("/partitions"))
                .extracting(each -> each.at("/partition").asInt())
                .containsExactly(1, 2);
        assertThat(operator.json("partitions", "list", "--topic", "t1", "--under-replicated")
                        .at("/partitions"))
                .extracting(each -> each.at("/leader_epoch").asInt())
                .containsExactly(1, 2);
        assertThat(operator.types("partitions", "list", "--topic", "none").code())
                .isEqualTo(2);
    }

    @Test
    void topicsAreCreatedWhereSaidOrPlacedOverTheBrokers() {
        // What is created here must not show in what the others list.
        operator.types("tree", "create", "-p", "/placing").good();
        String apart = server.connectString() + "/placing";
        Operator placing = new Operator(() -> apart);
        MetadataFixture brokers = new MetadataFixture(apart);
        assertThat(placing.types(
                                "topics",
                                "create",
                                "made.by-list",
                                "--replica-assignment",
                                "1:2,2:1,3:1",
                                "--config",
                                "retention.ms=5")
                        .good())
                .isEqualTo("Created topic made.by-list.\n");
        assertThat(placing.types("topics", "describe", "made.by-list").good())
                .matches(
                        "Topic: made.by-list\tTopicId: [A-Za-z0-9_-]{22}\tPartitionCount: 3\tReplicationFactor: 2\tConfigs:"
                                + " retention.ms=5\n"
                                + "\tTopic: made.by-list\tPartition: 0\tLeader: none\tReplicas: 1,2\tIsr: " + ELR + "\n"
                                + "\tTopic: made.by-list\tPartition: 1\tLeader: none\tReplicas: 2,1\tIsr: " + ELR + "\n"
                                + "\tTopic: made.by-list\tPartition: 2\tLeader: none\tReplicas: 3,1\tIsr: " + ELR
                                + "\n");
        placing.types("topics", "create", "placed", "--partitions", "4", "--replication-factor", "2")
                .good();
        assertThat(placing.json("topics", "describe", "placed").at("/topics/0/partitions"))
                .hasSize(4)
                .allMatch(each -> each.at("/replicas").size() == 2
                        && each.at("/replicas/0").asInt()
                                != each.at("/replicas/1").asInt()
                        && each.at("/partition_epoch").isNull());

        Outcome again = placing.types("topics", "create", "placed", "--replica-assignment", "1");
        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err()).contains("topic placed exists already");
        assertThat(placing.types("topics", "create", "placed", "--if-not-exists")
                        .good())
                .isEqualTo("Topic placed exists already.\n");
        assertThat(placing.types("topics", "create", "made_by-list").err()).contains("collides with made.by-list");
        assertThat(placing.types("topics", "create", "a/b").code()).isEqualTo(1);
        assertThat(placing.types("topics", "create", "huge", "--partitions", "2000000000")
                        .err())
                .contains("a topic is one node, which holds 200000 at most");
        assertThat(placing.types("topics", "create", "wide", "--replication-factor", "3")
                        .err())
                .contains("a replication factor of 3 needs so many brokers, and 2 are registered");
        assertThat(placing.types("topics", "create", "odd", "--replica-assignment", "1:2,1")
                        .err())
                .contains("every partition needs equally many, different brokers");
        brokers.close();
    }

    @Test
    void deletionIsAskedOfTheController() {
        operator.types("tree", "create", "-p", "/deleting").good();
        String apart = server.connectString() + "/deleting";
        Operator deleting = new Operator(() -> apart);
        MetadataFixture brokers = new MetadataFixture(apart);
        deleting.types("topics", "create", "doomed", "--replica-assignment", "1")
                .good();

        assertThat(deleting.types("topics", "delete", "doomed").good())
                .isEqualTo("Topic doomed is marked for deletion. Broker 1, the controller, deletes it.\n");
        assertThat(brokers.exists("/admin/delete_topics/doomed")).isTrue();
        assertThat(deleting.json("topics", "delete", "doomed").at("/changed").asBoolean())
                .isFalse();
        assertThat(deleting.types("topics", "delete", "none").code()).isEqualTo(2);
        assertThat(deleting.types("topics", "delete", "none", "--if-exists").good())
                .contains("There is no topic none.");
        brokers.close();
    }

    /** Another cluster on the same server, so that what is done to it does not show in what the others list. */
    private Operator apart(String chroot) {
        operator.types("tree", "create", "-p", chroot).good();
        String apart = server.connectString() + chroot;
        return new Operator(() -> apart);
    }

    @Test
    void configsOfBrokersThatMayNotBeReadHideNothingElse() {
        Operator closed = apart("/closed");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/closed")) {
            closed.types("tree", "delete", "/config/brokers/1").good();
            for (String who : new String[] {"1", "<default>"}) {
                closed.types(
                                "tree",
                                "create",
                                "--auth",
                                "digest:ann:pass",
                                "--acl",
                                "auth::cdrwa",
                                "/config/brokers/" + who,
                                "{\"version\":1,\"config\":{\"min.insync.replicas\":\"2\"}}")
                        .good();
            }
            assertThat(closed.types("topics", "describe", "t1").good()).isEqualTo(T1 + T1_0 + T1_1 + T1_2);
            Outcome least = closed.types("topics", "describe", "t1", "--at-min-isr-partitions");
            assertThat(least.good()).isEqualTo(T1_1 + T1_2);
            assertThat(least.err()).contains("may not be read without --auth");
            assertThat(closed.types("topics", "describe", "t1", "--at-min-isr-partitions", "--auth", "digest:ann:pass")
                            .good())
                    .isEqualTo(T1_0);
            assertThat(closed.types("brokers", "describe", "1").good())
                    .contains("Dynamic configs: may not be read without --auth\n");
            assertThat(closed.json("brokers", "describe", "1").at("/configs").isNull())
                    .isTrue();
            closed.types(
                            "tree",
                            "create",
                            "--auth",
                            "digest:ann:pass",
                            "--acl",
                            "auth::cdrwa",
                            "/config/topics/moving",
                            "x")
                    .good();
            Outcome refused = closed.types("topics", "describe", "moving");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .startsWith("quorate: the node /config/topics/moving does not allow this; present an identity")
                    .contains("--auth");
            assertThat(brokers.exists("/controller")).isTrue();
        }
    }

    @Test
    void aConfigThatIsNoNumberHidesNothingElse() {
        Operator odd = apart("/odd");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/odd")) {
            brokers.persistent("/config/topics/moving", "{\"version\":1,\"config\":{\"min.insync.replicas\":\"x\"}}");
            assertThat(odd.types("topics", "describe").good()).contains("Topic: moving\t", T1);
            Outcome least = odd.types("topics", "describe", "--at-min-isr-partitions");
            assertThat(least.good()).contains("Topic: moving\t", T1_1 + T1_2);
            assertThat(least.err()).isEqualTo("min.insync.replicas=x of topic moving is no number; counted as 1\n");
            for (String wrong : new String[] {
                "min.insync.replicas=x", "retention.ms=-2", "segment.bytes=1.5", "segment.bytes=3000000000"
            }) {
                Outcome refused = odd.types("topics", "create", "new", "--replica-assignment", "1", "--config", wrong);
                assertThat(refused.code()).as(wrong).isEqualTo(1);
                assertThat(refused.err()).contains("--config " + wrong);
            }
            assertThat(brokers.exists("/brokers/topics/new")).isFalse();
        }
    }

    @Test
    void aBrokerThatLeavesWhileItIsLookedAtIsLeftOut() throws AdminException {
        try (Link link = Link.open(server.connectString(), Duration.ofSeconds(60), List.of())) {
            SortedMap<Integer, Broker> registered = new TreeMap<>(
                    link.await(BrokerRegistry.on(link.client()).read().brokers()));
            Broker gone = registered.get(2);
            registered.put(99, new Broker(99, gone.epoch(), gone.info(), gone.timestampMillis(), gone.session()));

            assertThat(BrokersListCommand.list(link, registered).brokers()).containsOnlyKeys(1, 2);
        }
    }

    @Test
    void aBrokerWithoutEndpointsIsListedAsFarAsItIsKnown() {
        Operator bare = apart("/bare");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/bare")) {
            brokers.persistent(
                    "/brokers/ids/9",
                    "{\"version\":5,\"endpoints\":[],\"listener_security_protocol_map\":{},\"jmx_port\":-1,"
                            + "\"host\":null,\"port\":-1,\"timestamp\":\"1795223724000\"}");
            assertThat(bare.types("brokers", "list").good()).containsPattern("(?m)^9 +0x[0-9a-f]+ +- +- +");
            assertThat(bare.json("brokers", "list").at("/brokers/2/host").isNull())
                    .isTrue();
            assertThat(bare.types("brokers", "describe", "9").good()).contains("Broker: 9\n");
        }
    }

    @Test
    void aTopicWhoseNodeCannotBeReadIsNotTakenForMissing() {
        Operator broken = apart("/broken");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/broken")) {
            brokers.persistent("/brokers/topics/garbled", "no JSON");
            Outcome one = broken.types("topics", "describe", "garbled");
            assertThat(one.code()).isEqualTo(1);
            assertThat(one.err())
                    .isEqualTo(
                            "quorate: topic garbled cannot be shown: what /brokers/topics/garbled holds is not what a"
                                    + " topic holds; see it: quorate tree get /brokers/topics/garbled\n");
            assertThat(broken.types("partitions", "list", "--topic", "garbled").code())
                    .isEqualTo(1);
            Outcome all = broken.types("topics", "describe");
            assertThat(all.good()).contains(T1);
            assertThat(all.err()).contains("Topic garbled is left out");
        }
    }

    @Test
    void topicsAreNamedAsKafkasToolNamesThem() {
        Operator named = apart("/named");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/named")) {
            named.types("topics", "create", "--topic", "audit.1", "--replica-assignment", "1")
                    .good();
            named.types("topics", "create", "--topic", "audit.2", "--replica-assignment", "1")
                    .good();
            assertThat(named.types("topics", "list", "--topic", "audit.*").good())
                    .isEqualTo("audit.1\naudit.2\n");
            assertThat(named.types("topics", "list", "--topic", "t1, audit\\.2").good())
                    .isEqualTo("audit.2\nt1\n");
            assertThat(named.types("topics", "list", "--topic", "audit").good()).isEmpty();
            assertThat(named.json("topics", "describe", "--topic", "aud.*").at("/topics"))
                    .extracting(each -> each.at("/name").asText())
                    .containsExactly("audit.1", "audit.2");
            assertThat(named.types("topics", "describe", "--topic", "none.*").code())
                    .isEqualTo(2);
            assertThat(named.types("topics", "describe", "--topic", "none.*", "--if-exists")
                            .good())
                    .isEmpty();
            assertThat(named.types("topics", "describe", "none", "--if-exists").good())
                    .isEmpty();
            Outcome wrong = named.types("topics", "list", "--topic", "(");
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.err()).contains("--topic ( is no regular expression");
            named.types("topics", "delete", "--topic", "audit.1").good();
            assertThat(brokers.exists("/admin/delete_topics/audit.1")).isTrue();
            assertThat(named.types("topics", "create", "x", "--topic", "y").err())
                    .contains("TOPIC and --topic are the same: give one");
            assertThat(named.types("topics", "create").err()).contains("Missing required parameter: 'TOPIC'");
            for (String option : new String[] {"--partitions", "--replication-factor"}) {
                Outcome both = named.types("topics", "create", "z", "--replica-assignment", "1", option, "1");
                assertThat(both.code()).isEqualTo(1);
                assertThat(both.err()).contains("--replica-assignment says it all");
            }
        }
    }

    @Test
    void newTopicsAreClosedWhenThatIsAskedFor() {
        Operator secure = apart("/secure");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/secure")) {
            String[] create = {
                "topics", "create", "own", "--replica-assignment", "1", "--config", "retention.ms=5", "--acl", "secure"
            };
            Outcome nobody = secure.types(create);
            assertThat(nobody.code()).isEqualTo(1);
            assertThat(nobody.err()).contains("--auth");
            List<String> withAuth = new ArrayList<>(List.of(create));
            withAuth.addAll(List.of("--auth", "digest:ann:pass"));
            secure.types(withAuth.toArray(new String[0])).good();
            secure.types("topics", "delete", "own", "--acl", "secure", "--auth", "digest:ann:pass")
                    .good();
            for (String path : new String[] {"/brokers/topics/own", "/config/topics/own", "/admin/delete_topics/own"}) {
                assertThat(brokers.acl(path))
                        .extracting(each -> each.identity().scheme() + " " + each.perms())
                        .containsExactly("digest " + Acl.ALL, "world " + Acl.READ);
            }
        }
    }

    @Test
    void manyTopicsAreReadInBatchesAndStayInOrder() {
        Operator many = apart("/many");
        try (MetadataFixture brokers = new MetadataFixture(server.connectString() + "/many")) {
            List<String> names = new ArrayList<>();
            for (int i = 100; i < 330; i++) {
                names.add("many" + i);
                brokers.persistent("/brokers/topics/many" + i, "{\"version\":1,\"partitions\":{\"0\":[1]}}");
            }
            brokers.persistent("/config/topics/many250", "{\"version\":1,\"config\":{\"retention.ms\":\"7\"}}");
            assertThat(many.json("topics", "describe", "--topic", "many.*").at("/topics"))
                    .extracting(each -> each.at("/name").asText())
                    .containsExactlyElementsOf(names);
            assertThat(many.types("topics", "describe", "--topic", "many.*")
                            .good()
                            .lines()
                            .filter(line -> line.startsWith("Topic: ")))
                    .hasSize(names.size());
            assertThat(many.types("topics", "describe", "--topic", "many.*", "--topics-with-overrides")
                            .good())
                    .startsWith("Topic: many250\t")
                    .hasLineCount(1);
            assertThat(many.json("partitions", "list").at("/partitions"))
                    .extracting(each -> each.at("/topic").asText())
                    .containsAll(names)
                    .isSorted();
            assertThat(many.json("brokers", "list").at("/brokers/0/replicas").asInt())
                    .isEqualTo(4 + names.size());
        }
    }
}
