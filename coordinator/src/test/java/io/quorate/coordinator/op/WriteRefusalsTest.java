package io.quorate.coordinator.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.CoreDriver;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.RecordingClient;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which error a write gets when several would do: the orders of client-protocol 12.3, each pair of neighbours once. The tree:
 * {@code /a} with child {@code /a/b}; {@code /e} ephemeral; {@code /s} with {@code /s/x}, which nobody else may touch;
 * {@code /q} at its quota of one node and three bytes; {@code /bad} below a quota that cannot be read.
 */
final class WriteRefusalsTest {

    private static final Identity BOB = new Identity("digest", "bob:x");
    private static final List<Acl> OPEN = Acl.OPEN_UNSAFE;
    private static final List<Acl> ONLY_BOB = List.of(new Acl(Acl.ALL, BOB));
    private static final List<Acl> INVALID = List.of(new Acl(Acl.ALL, new Identity("world", "foo")));
    private static final int ANY = -1;
    private static final int OTHER = 77;

    private final CoreDriver driver =
            new CoreDriver(CoreDriver.settings(new OpSettings(false, true, true, true), 1000));
    private final RecordingClient client = driver.connected();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void prepare() {
        RecordingClient bob = driver.connected();
        driver.deliver(new Event.ClientProved(bob.client(), -4, List.of(BOB)));
        for (String path : List.of("/a", "/a/b", "/q", "/bad", "/zookeeper/quota/q", "/zookeeper/quota/bad")) {
            driver.request(bob, 1, OpCode.CREATE, new CreateRequest(path, bytes("123"), OPEN, 0));
        }
        driver.create(bob, 1, "/e", 1);
        driver.request(bob, 1, OpCode.CREATE, new CreateRequest("/s", null, ONLY_BOB, 0));
        driver.request(bob, 1, OpCode.CREATE, new CreateRequest("/s/x", null, ONLY_BOB, 0));
        String limits = "count=-1,bytes=-1=;byteHardLimit=3;countHardLimit=1";
        driver.request(
                bob,
                1,
                OpCode.CREATE,
                new CreateRequest("/zookeeper/quota/q/zookeeper_limits", bytes(limits), OPEN, 0));
        driver.request(bob, 1, OpCode.CREATE, new CreateRequest("/zookeeper/quota/q/zookeeper_stats", null, OPEN, 0));
        driver.request(
                bob, 1, OpCode.CREATE, new CreateRequest("/zookeeper/quota/bad/zookeeper_limits", null, OPEN, 0));
        client.take();
    }

    private static Request create(String path, List<Acl> acl, int flags) {
        return new CreateRequest(path, null, acl, flags);
    }

    private static Request ttl(String path, int flags, long millis) {
        return new CreateTtlRequest(path, null, OPEN, flags, millis);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                // create: flags, ttl, weak path, list, parent, permission, full path, presence, ephemeral parent, quota
                Arguments.of(OpCode.CREATE, create("x", OPEN, 7), -8),
                Arguments.of(OpCode.CREATE, create("/x", OPEN, -1), -8),
                Arguments.of(OpCode.CREATE, create("/x", OPEN, 5), -8),
                Arguments.of(OpCode.CREATE2, create("/x", OPEN, 6), -8),
                Arguments.of(OpCode.CREATE_TTL, ttl("/x", 0, 1), -8),
                Arguments.of(OpCode.CREATE_TTL, ttl("/x", 0, -1), -8),
                Arguments.of(OpCode.CREATE_TTL, ttl("/x", 5, 0), -8),
                Arguments.of(OpCode.CREATE_TTL, ttl("/x", 5, -1), -8),
                Arguments.of(OpCode.CREATE_TTL, ttl("/x", 6, 1L << 40), -8),
                Arguments.of(OpCode.CREATE, create(null, OPEN, 0), -5),
                Arguments.of(OpCode.CREATE, create("x", INVALID, 0), -8),
                Arguments.of(OpCode.CREATE, create("/x\0", INVALID, 0), -8),
                Arguments.of(OpCode.CREATE, create("/nope/x", INVALID, 0), -114),
                Arguments.of(OpCode.CREATE, create("/nope/x", null, 0), -114),
                Arguments.of(OpCode.CREATE, create("/nope/x", List.of(), 0), -114),
                Arguments.of(OpCode.CREATE, create("/nope/", OPEN, 0), -101),
                Arguments.of(OpCode.CREATE, create("/s/.", OPEN, 0), -102),
                Arguments.of(OpCode.CREATE, create("/a/", OPEN, 0), -8),
                Arguments.of(OpCode.CREATE, create("/e/.", OPEN, 0), -8),
                Arguments.of(OpCode.CREATE, create("/a", OPEN, 0), -110),
                Arguments.of(OpCode.CREATE, create("/", OPEN, 0), -110),
                Arguments.of(OpCode.CREATE, create("/e/x", OPEN, 0), -108),
                Arguments.of(OpCode.CREATE, create("/q/x", OPEN, 0), -125),
                Arguments.of(OpCode.CREATE, create("/q", OPEN, 0), -110),
                Arguments.of(OpCode.CREATE, create("/bad/x", OPEN, 0), -5),
                // delete: weak path and system nodes, parent, permission, presence, version, children
                Arguments.of(OpCode.DELETE, new DeleteRequest(null, ANY), -5),
                Arguments.of(OpCode.DELETE, new DeleteRequest("x", ANY), -8),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/", ANY), -8),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/zookeeper", OTHER), -8),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/zookeeper/quota", ANY), -8),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/zookeeper/config", ANY), -8),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/nope/x", OTHER), -101),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/s/nope", OTHER), -102),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/a/nope", OTHER), -101),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/a/", ANY), -101),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/a", OTHER), -103),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/a", -2), -103),
                Arguments.of(OpCode.DELETE, new DeleteRequest("/a", ANY), -111),
                // setData: path, presence, permission, quota, version
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/nope/", null, OTHER), -8),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest(null, null, ANY), -8),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("", null, ANY), -8),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/nope", null, OTHER), -101),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/s", null, OTHER), -102),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/q", new byte[4], OTHER), -125),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/q", new byte[3], OTHER), -103),
                Arguments.of(OpCode.SET_DATA, new SetDataRequest("/a", null, -2), -103),
                // setACL: path, list, presence, permission, version
                Arguments.of(OpCode.SET_ACL, new SetAclRequest(null, OPEN, ANY), -8),
                Arguments.of(OpCode.SET_ACL, new SetAclRequest("/nope/", INVALID, OTHER), -8),
                Arguments.of(OpCode.SET_ACL, new SetAclRequest("/nope", INVALID, OTHER), -114),
                Arguments.of(OpCode.SET_ACL, new SetAclRequest("/nope", OPEN, OTHER), -101),
                Arguments.of(OpCode.SET_ACL, new SetAclRequest("/s", OPEN, OTHER), -102),
                Arguments.of(OpCode.SET_ACL, new SetAclRequest("/a", OPEN, OTHER), -103));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theFirstFaultDecides(OpCode op, Request request, int err) {
        prepare();
        long before = driver.lastZxid();
        driver.request(client, 1, op, request);

        assertThat(client.take()).containsExactly("reply 1 at " + (before + 1) + " error " + err);
        driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                Arguments.of("/nope/", OTHER, -8),
                Arguments.of("/nope", OTHER, -101),
                Arguments.of("/s", OTHER, -102),
                Arguments.of("/a", OTHER, -103),
                Arguments.of("/a", ANY, 0),
                Arguments.of("/a", 0, 0));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aCheckIsJudgedInsideAMulti(String path, int version, int err) {
        prepare();
        MultiOp check = new MultiOp(13, new CheckVersionRequest(path, version));
        driver.request(client, 1, OpCode.MULTI, new MultiRequest(List.of(check)));

        assertThat(((MultiResponse) client.body()).results()).singleElement().satisfies(result -> {
            assertThat(result.type()).isEqualTo(err == 0 ? 13 : -1);
            assertThat(result.err()).isEqualTo(err);
        });
    }

    @Test
    void withoutExtendedTypesATtlIsNotImplementedWhateverItIs() {
        CoreDriver plain = new CoreDriver();
        RecordingClient sender = plain.connected();
        plain.request(sender, 1, OpCode.CREATE_TTL, ttl("x", 5, -1));
        plain.request(sender, 2, OpCode.CREATE_TTL, ttl("x", 7, -1));
        plain.request(sender, 3, OpCode.CREATE, create("x", INVALID, 6));

        assertThat(sender.take())
                .containsExactly("reply 1 at 2 error -6", "reply 2 at 3 error -8", "reply 3 at 4 error -6");
    }
}
