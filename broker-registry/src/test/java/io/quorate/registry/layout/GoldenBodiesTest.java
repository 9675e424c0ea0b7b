package io.quorate.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.FeatureRange;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as real brokers write them (registry spec 1), read and written again. */
final class GoldenBodiesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String BROKER =
            """
            {"features":{},"listener_security_protocol_map":{"CLIENT":"PLAINTEXT","REPL":"PLAINTEXT"},\
            "endpoints":["CLIENT://127.0.0.1:31118","REPL://127.0.0.1:31119"],"rack":"dc1","jmx_port":-1,\
            "port":31118,"host":"127.0.0.1","version":5,"timestamp":"1795223723279"}""";

    private static final String TOPIC =
            """
            {"partitions":{"0":[7,8],"1":[8,9],"2":[9,7]},"topic_id":"vmqmW3-YTWWIWtOSqf0MDQ",\
            "adding_replicas":{},"removing_replicas":{},"version":3}""";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertSame(byte[] written, String golden) throws IOException {
        assertThat(MAPPER.readTree(written)).isEqualTo(MAPPER.readTree(golden));
    }

    private static BrokerInfo broker(String body) {
        return BrokerJson.decode(bytes(body)).info();
    }

    @Test
    void aBrokerOfVersionFive() throws IOException {
        BrokerJson.Body body = BrokerJson.decode(bytes(BROKER));
        assertThat(body.timestampMillis()).isEqualTo(1_795_223_723_279L);
        assertThat(body.info())
                .isEqualTo(BrokerInfo.of(
                                new Endpoint("CLIENT", "PLAINTEXT", "127.0.0.1", 31118),
                                new Endpoint("REPL", "PLAINTEXT", "127.0.0.1", 31119))
                        .withRack("dc1"));
        assertSame(BrokerJson.encode(body.info(), body.timestampMillis()), BROKER);
    }

    @Test
    void aBrokerOfVersionOneHasOnePlaintextEndpoint() {
        BrokerInfo info = broker("{\"jmx_port\":9999,\"timestamp\":\"1\",\"host\":\"h\",\"port\":9092,\"version\":1}");
        assertThat(info.endpoints()).containsExactly(new Endpoint("PLAINTEXT", "PLAINTEXT", "h", 9092));
        assertThat(info.jmxPort()).isEqualTo(9999);
        assertThat(info.rack()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 77})
    void withoutAMapTheListenerIsTheProtocolAndUnknownFieldsAreIgnored(int version) {
        BrokerInfo info = broker(
                """
                {"version":%d,"host":null,"port":-1,"jmx_port":-1,"timestamp":"5","later":{"x":[1]},
                 "endpoints":["SSL://[::1]:9093","SASL_SSL://h:9094"]}"""
                        .formatted(version));
        assertThat(info.endpoints())
                .containsExactly(
                        new Endpoint("SSL", "SSL", "::1", 9093), new Endpoint("SASL_SSL", "SASL_SSL", "h", 9094));
        assertThat(info.endpoints().get(0)).hasToString("SSL://[::1]:9093");
    }

    @Test
    void whoHasNoPlaintextEndpointSaysNullAndMinusOne() throws IOException {
        BrokerInfo info = new BrokerInfo(
                List.of(new Endpoint("TLS", "SSL", "::1", 9093)), null, 7, Map.of("f", new FeatureRange(1, 3)), "me");
        assertSame(
                BrokerJson.encode(info, 12),
                """
                {"version":5,"host":null,"port":-1,"jmx_port":7,"timestamp":"12","endpoints":["TLS://[::1]:9093"],
                 "listener_security_protocol_map":{"TLS":"SSL"},
                 "features":{"f":{"min_version":1,"max_version":3}},"quorate_incarnation":"me"}""");
        assertThat(BrokerJson.decode(BrokerJson.encode(info, 12)).info()).isEqualTo(info);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"version\":0}",
                "{\"version\":5,\"endpoints\":[\"A://h:1\",\"A://h:2\"]}",
                "{\"version\":5,\"endpoints\":[\"h:1\"]}",
                "{\"version\":5,\"endpoints\":[\"A://h:x\"]}",
                "{\"version\":5,\"endpoints\":[],\"features\":{\"f\":{\"min_version\":-1,\"max_version\":2}}}",
                "{\"version\":1,\"host\":\"h\"}",
                "{\"version\":1,\"host\":\"h\",\"port\":4294967296}"
            })
    void whatIsNoBrokerIsRefused(String body) {
        assertThatThrownBy(() -> BrokerJson.decode(bytes(body))).isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void rawControlCharactersInsideTextsAreReadAsOldWritersWroteThem() {
        assertThat(broker("{\"version\":1,\"host\":\"h\n\t\",\"port\":1,\"jmx_port\":-1}")
                        .endpoints()
                        .get(0)
                        .host())
                .isEqualTo("h\n\t");
    }

    @Test
    void aTopicOfVersionThree() throws IOException {
        TopicAssignment topic = TopicJson.decode(bytes(TOPIC));
        assertThat(topic.replicas())
                .containsExactly(Map.entry(0, List.of(7, 8)), Map.entry(1, List.of(8, 9)), Map.entry(2, List.of(9, 7)));
        assertThat(topic.topicId()).isEqualTo("vmqmW3-YTWWIWtOSqf0MDQ");
        assertThat(topic.isMoving()).isFalse();
        assertSame(TopicJson.encode(topic), TOPIC);
    }

    @Test
    void aPartitionThatNobodyJoinsOrLeavesIsNotOnTheMove() {
        TopicAssignment topic = TopicJson.decode(
                bytes(
                        """
                {"partitions":{"0":[7,8]},"adding_replicas":{"0":[]},"removing_replicas":{"0":[]},"version":3}
                """));
        assertThat(topic.isMoving()).isFalse();
        assertThat(topic.moving()).isEmpty();
    }

    @Test
    void aTopicOnTheMoveKeepsItsIdWhenItIsRewritten() throws IOException {
        String moving =
                """
                {"partitions":{"0":[9,8,7]},"topic_id":"vmqmW3-YTWWIWtOSqf0MDQ","adding_replicas":{"0":[9]},
                 "removing_replicas":{"0":[7]},"version":3}""";
        TopicAssignment topic = TopicJson.decode(bytes(moving));
        assertThat(topic.replicaSet(0).target()).containsExactly(9, 8);
        assertThat(topic.replicaSet(0).origin()).containsExactly(8, 7);
        assertSame(TopicJson.encode(topic), moving);
    }

    @Test
    void aTopicOfVersionOneHasPartitionsInAnyOrderAndNoId() {
        TopicAssignment topic = TopicJson.decode(bytes("{\"version\":1,\"partitions\":{\"10\":[1],\"9\":[2]}}"));
        assertThat(topic.replicas().keySet()).containsExactly(9, 10);
        assertThat(topic.topicId()).isNull();
    }

    @Test
    void aPartitionState() throws IOException {
        String golden = "{\"controller_epoch\":1,\"leader\":7,\"version\":1,\"leader_epoch\":0,\"isr\":[7,8]}";
        PartitionState state = StateJson.decode(bytes(golden));
        assertThat(state).isEqualTo(PartitionState.first(7, List.of(7, 8), 1));
        assertThat(new String(StateJson.encode(state), StandardCharsets.UTF_8)).isEqualTo(golden);
        PartitionState unclean = state.withRecovery(PartitionState.RECOVERING);
        assertThat(StateJson.decode(StateJson.encode(unclean))).isEqualTo(unclean);
        assertSame(StateJson.encode(unclean), golden.replace("}", ",\"leader_recovery_state\":1}"));
    }

    @Test
    void theController() throws IOException {
        String golden = "{\"version\":2,\"brokerid\":7,\"timestamp\":\"1795223723336\",\"kraftControllerEpoch\":-1}";
        ControllerInfo controller = ControllerJson.decode(bytes(golden));
        assertThat(controller).isEqualTo(new ControllerInfo(7, 1_795_223_723_336L, -1));
        assertSame(ControllerJson.encode(controller), golden);
        assertThat(ControllerJson.decode(bytes("{\"version\":1,\"brokerid\":7,\"timestamp\":\"1\"}")))
                .isEqualTo(new ControllerInfo(7, 1, -1));
        assertThat(ControllerJson.decode(bytes("7"))).isEqualTo(new ControllerInfo(7, -1, -1));
        assertThat(ControllerJson.decode(bytes("{\"version\":2,\"brokerid\":3000,\"kraftControllerEpoch\":4}"))
                        .isMigration())
                .isTrue();
        assertThat(ControllerJson.decodeEpoch(bytes("1"))).isEqualTo(1);
        assertThat(ControllerJson.encodeEpoch(12)).isEqualTo(bytes("12"));
    }

    @Test
    void requestsOfAdministrators() throws IOException {
        String reassign = "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":0,\"replicas\":[1,2]}]}";
        assertThat(AdminJson.decodeReassignments(bytes(reassign)))
                .containsExactly(Map.entry(new TopicPartition("t", 0), List.of(1, 2)));
        assertSame(
                AdminJson.encodeReassignments(new TreeMap<>(Map.of(new TopicPartition("t", 0), List.of(1, 2)))),
                reassign);
        assertThat(
                        AdminJson.decodeReassignments(
                                bytes(
                                        "{\"partitions\":[{\"topic\":\"t\",\"partition\":0,\"replicas\":[1]},{\"topic\":\"t\",\"partition\":0,\"replicas\":[3]}]}")))
                .containsExactly(Map.entry(new TopicPartition("t", 0), List.of(3)));
        String elect = "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":0}]}";
        assertSame(AdminJson.encodePartitions(AdminJson.decodePartitions(bytes(elect))), elect);
        assertThat(AdminJson.decodePartitions(bytes(elect)))
                .isEqualTo(new TreeSet<>(List.of(new TopicPartition("t", 0))));
    }

    @Test
    void configurationsAndTheirAnnouncements() throws IOException {
        String golden = "{\"version\":1,\"config\":{\"retention.ms\":\"1000000\",\"segment.ms\":\"60000000\"}}";
        assertThat(ConfigJson.decode(bytes(golden)))
                .containsEntry("retention.ms", "1000000")
                .hasSize(2);
        assertSame(ConfigJson.encode(ConfigJson.decode(bytes(golden))), golden);
        assertThat(ConfigJson.decode(null)).isEmpty();
        assertSame(
                ConfigJson.encodeChange(ConfigEntity.userClient("al ice", "c1")),
                "{\"version\":2,\"entity_path\":\"users/al%20ice/clients/c1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"version\":2,\"entity_path\":\"users/al%20ice/clients/c1\"}|users/al ice/clients/c1",
                "{\"version\":2,\"entity_path\":\"topics/t\"}|topics/t",
                "{\"version\":1,\"entity_type\":\"topics\",\"entity_name\":\"t\"}|topics/t",
                "{\"version\":1,\"entity_type\":\"clients\",\"entity_name\":\"c\"}|clients/c",
                "\"t\"|topics/t",
                "{\"version\":2,\"entity_path\":\"brokers/<default>\"}|brokers/<default>",
            })
    void announcementsOfAllAges(String body, String entity) {
        assertThat(ConfigJson.decodeChange(bytes(body))).hasToString(entity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "", "{\"version\":3,\"entity_path\":\"topics/t\"}"})
    void announcementsThatNobodyCanReadAreRefused(String body) {
        assertThatThrownBy(() -> ConfigJson.decodeChange(bytes(body))).isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void whatThereIsOneOfInACluster() throws IOException {
        String id = "{\"version\":\"1\",\"id\":\"mxMNJo4TQz-2W2VmK4SR1A\"}";
        assertSame(ClusterJson.encodeId(ClusterJson.decodeId(bytes(id))), id);
        String feature = "{\"features\":{},\"version\":2,\"status\":1}";
        assertSame(ClusterJson.encodeFeatures(ClusterJson.decodeFeatures(bytes(feature))), feature);
        assertThat(ClusterJson.decodeFeatures(
                                bytes(
                                        "{\"version\":1,\"status\":0,\"features\":{\"f\":{\"min_version_level\":1,\"max_version_level\":3}}}"))
                        .levels())
                .containsExactly(Map.entry("f", 3));
        assertThatThrownBy(() -> ClusterJson.decodeFeatures(bytes("{\"version\":3,\"status\":1}")))
                .isInstanceOf(MalformedBodyException.class);
        String block = "{\"version\":1,\"broker\":7,\"block_start\":\"0\",\"block_end\":\"999\"}";
        ClusterJson.ProducerIds first = ClusterJson.decodeProducerIds(bytes(block));
        assertThat(first).isEqualTo(ClusterJson.ProducerIds.first(7));
        assertSame(ClusterJson.encodeProducerIds(first), block);
        assertThat(first.next(8)).isEqualTo(new ClusterJson.ProducerIds(8, 1000, 1999));
        assertThat(ClusterJson.decodeProducerIds(null)).isNull();
        for (String half : List.of(
                "{\"version\":1,\"broker\":7,\"block_start\":\"0\"}",
                "{\"version\":1,\"broker\":7,\"block_end\":\"999\"}",
                "{\"version\":1,\"broker\":7,\"block_start\":\"0\",\"block_end\":null}")) {
            assertThatThrownBy(() -> ClusterJson.decodeProducerIds(bytes(half)))
                    .as("who took it for none would give ids twice")
                    .isInstanceOf(MalformedBodyException.class);
        }
        String event = "{\"version\":1,\"broker\":7,\"event\":1}";
        assertSame(ClusterJson.encodeLogDirEvent(ClusterJson.decodeLogDirEvent(bytes(event))), event);
    }
}
