package io.quorate.groups.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.groups.assignor.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the tree: recorded bodies are read, ours are what others can read, and nonsense is refused. */
final class BodiesTest {

    @Test
    void aRecordedRegistrationIsRead() {
        Registration body = Registration.read(
                        bytes(
                                "{\"version\":1,\"subscription\":{\"tB\":2,\"tA\":2},\"pattern\":\"static\",\"timestamp\":\"1795223987666\"}"))
                .orElseThrow();
        assertThat(body.subscription().streams()).isEqualTo(Map.of("tA", 2, "tB", 2));
        assertThat(body.timestamp()).isEqualTo("1795223987666");
        assertThat(body.isQuorate()).isFalse();
        assertThat(body.origin()).isEqualTo(Registration.Origin.UNKNOWN);
    }

    @Test
    void registrationsAreReadAsTheyWereWritten() {
        Registration body = new Registration(
                Subscription.whiteList(" \"t.*, x y\" ", 12),
                "17",
                true,
                new Registration.Origin("i", "r", "host", "client \"c\""));
        assertThat(body.subscription().streams()).isEqualTo(Map.of("t.*|xy", 12));
        assertThat(Registration.read(body.bytes())).contains(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"pattern\":\"static\"}",
                "{\"subscription\":{\"t\":1}}",
                "{\"pattern\":\"new\",\"subscription\":{\"t\":1}}",
                "{\"pattern\":\"static\",\"subscription\":{\"t\":0}}",
                "{\"pattern\":\"white_list\",\"subscription\":{\"t\":1,\"u\":1}}",
                "{\"pattern\":\"static\",\"subscription\":7}"
            })
    void nonsenseIsNoRegistration(String text) {
        assertThat(Registration.read(bytes(text))).isEmpty();
        assertThat(Registration.read(null)).isEmpty();
    }

    @Test
    void targetsAreReadAsTheyWereWritten() {
        Target target =
                Target.of(17, "g_m-1-1", List.of(new TopicPartition("orders", 9), new TopicPartition("orders", 0)));
        assertThat(new String(target.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"generation\":17,\"member\":\"g_m-1-1\",\"assign\":{\"orders\":[0,9]}}");
        assertThat(Target.read(target.bytes())).contains(target);
        assertThat(Target.read(bytes("{\"version\":2,\"member\":\"m\"}"))).isEmpty();
    }

    @Test
    void modesAndGenerationsAreReadAsTheyWereWritten() {
        for (GroupMode mode : GroupMode.values()) {
            assertThat(GroupMode.read(mode.bytes())).contains(mode);
        }
        assertThat(GroupMode.read(bytes("{\"version\":2,\"mode\":\"native\"}"))).isEmpty();
        assertThat(GroupMode.read(bytes("{\"version\":1,\"mode\":\"other\"}"))).isEmpty();
        Generation generation = new Generation(17, "g_m", 1000, 10000, "sticky");
        assertThat(Generation.read(generation.bytes())).contains(generation);
    }

    @Test
    void topicsOfAllVersionsAreRead() {
        TopicBody body = TopicBody.read(bytes("{\"partitions\":{\"10\":[9,7],\"2\":[7,8]},\"topic_id\":\"x\","
                        + "\"adding_replicas\":{},\"removing_replicas\":{},\"version\":3}"))
                .orElseThrow();
        assertThat(body.replicas()).containsExactly(Map.entry(2, List.of(7, 8)), Map.entry(10, List.of(9, 7)));
        assertThat(TopicBody.rackOfBroker(bytes("{\"rack\":\"dc1\"}"))).isEqualTo("dc1");
        assertThat(TopicBody.rackOfBroker(bytes("{}"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"42,42", "' 7 ',7", "-1,-1"})
    void offsetsAreDecimalText(String text, long value) {
        assertThat(OffsetBody.read(bytes(text))).hasValue(value);
    }

    @Test
    void nonsenseIsNoOffset() {
        assertThat(OffsetBody.read(bytes(""))).isEmpty();
        assertThat(OffsetBody.read(bytes("x"))).isEmpty();
        assertThat(OffsetBody.read(null)).isEmpty();
    }

    @Test
    void expressionsMatchWholeNames() {
        List<String> topics = List.of("t", "tA", "orders", "__consumer_offsets");
        assertThat(Subscription.whiteList("t.*", 2).expand(topics, true)).isEqualTo(Map.of("t", 2, "tA", 2));
        assertThat(Subscription.blackList("t.*", 1).expand(topics, true).keySet())
                .isEqualTo(new TreeSet<>(List.of("orders")));
        assertThat(Subscription.blackList("t.*", 1).expand(topics, false)).hasSize(2);
        assertThat(Subscription.whiteList("(", 1).expand(topics, true)).isEmpty();
        assertThat(Subscription.topics(List.of("none")).expand(topics, true)).containsKey("none");
    }

    @Test
    void threadsBelongToMembersUpToTheLastHyphen() {
        assertThat(Registration.memberOf("g_host-17-abc-10")).isEqualTo("g_host-17-abc");
        assertThat(Registration.threadOf("g_c1", 3)).isEqualTo("g_c1-3");
    }

    @Test
    void groupsHaveNamesThatArePathElements() {
        assertThat(new GroupPaths("a.b_c-1").owner(new TopicPartition("t", 3)))
                .isEqualTo("/consumers/a.b_c-1/owners/t/3");
        for (String name : List.of("", "a/b", ".", "..", "a b")) {
            assertThatThrownBy(() -> new GroupPaths(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
