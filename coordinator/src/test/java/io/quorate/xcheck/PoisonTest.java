package io.quorate.xcheck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quorate.xcheck.Requests.Body;
import io.quorate.xcheck.ScriptedClient.Reply;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends a reference server, freezes an ensemble of them, or passes their checks (client-protocol 7, 8.2 and 12.5, semantics
 * 5.2): refused here, and nobody notices. Not for the reference.
 */
final class PoisonTest {

    private static final byte[] DATA = {1};

    @RegisterExtension
    static final ScriptedServer SERVER = new ScriptedServer();

    private final ScriptedClient client = SERVER.connect();
    private final String top = "/p" + Long.toHexString(client.sessionId());

    @BeforeAll
    static void onlyForQuorate() {
        assumeFalse(ScriptedServer.isReference());
    }

    @AfterEach
    void theServerWorks() {
        client.close();
        try (ScriptedClient other = SERVER.connect()) {
            assertThat(other.ask(Requests.setData("/", DATA, -1)).err()).isZero();
        }
        assertThat(SERVER.process().isAlive()).isTrue();
    }

    static IntStream flagsWithoutTtl() {
        return IntStream.rangeClosed(0, 4);
    }

    @ParameterizedTest
    @MethodSource("flagsWithoutTtl")
    void aNegativeTtlIsRefusedWhateverTheFlags(int flags) {
        Reply reply = client.ask(Requests.createTtl(top, DATA, AclEntry.OPEN, flags, -1));

        assertThat(reply.err()).isEqualTo(-8);
        assertThat(client.ask(Requests.pathAndWatch(Op.EXISTS, top, 0)).err()).isEqualTo(-101);
    }

    static Stream<Body> unreadableWrites() {
        Stream<Body> whole = Stream.of(
                Requests.create(Op.CREATE, "/x", DATA, AclEntry.OPEN, 0),
                Requests.create(Op.CREATE2, "/x", DATA, AclEntry.OPEN, 0),
                Requests.create(Op.CREATE_CONTAINER, "/x", DATA, AclEntry.OPEN, 4),
                Requests.createTtl("/x", DATA, AclEntry.OPEN, 5, 1000),
                Requests.pathAndVersion(Op.DELETE, "/x", -1),
                Requests.setData("/x", DATA, -1),
                Requests.setAcl("/x", AclEntry.OPEN, -1),
                Requests.reconfig("a", "b", "c", -1));
        return whole.flatMap(body ->
                Stream.of(Requests.cut(body, 0), Requests.cut(body, 5), Requests.cut(body, body.bytes().length - 1)));
    }

    @ParameterizedTest
    @MethodSource("unreadableWrites")
    void aWriteThatCannotBeReadIsAnErrorAndNoTransaction(Body body) {
        long before = client.ask(Requests.raw(Op.PING, new byte[0])).zxid();

        Reply reply = client.ask(body);

        assertThat(reply.err()).isEqualTo(-5);
        assertThat(reply.zxid()).isEqualTo(before);
    }

    @Test
    void clientsCannotCreateSessionsInsideASession() {
        client.say(Requests.raw(Op.CREATE_SESSION, new Encoder().int32(5000).bytes()));

        Reply reply = client.reply();

        assertThat(reply.err()).isEqualTo(-6);
        assertThat(reply.zxid()).isEqualTo(-1);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void clientsCannotDeleteContainersPastTheAcl() {
        client.ask(Requests.create(Op.CREATE_CONTAINER, top, DATA, AclEntry.OPEN, 4));

        Reply reply = client.ask(Requests.path(Op.DELETE_CONTAINER, top));

        assertThat(reply.err()).isEqualTo(-6);
        assertThat(client.isClosed()).isTrue();
        try (ScriptedClient other = SERVER.connect()) {
            assertThat(other.ask(Requests.pathAndWatch(Op.EXISTS, top, 0)).err())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "count=", "count=x,bytes=1", "count=1,bytes", "=", ",count=1", "count= 1"})
    void quotaFiguresThatCannotBeReadAreRefused(String figures) {
        String stats = quota();

        assertThat(client.ask(Requests.setData(stats, figures.getBytes(US_ASCII), -1))
                        .err())
                .isEqualTo(-8);
        assertThat(client.ask(Requests.setData(stats, null, -1)).err()).isEqualTo(-8);
        client.ask(Requests.create(Op.CREATE, top + "/x", DATA, AclEntry.OPEN, 0));
        assertThat(client.ask(Requests.pathAndWatch(Op.GET_DATA, stats, 0)).string(0))
                .isEqualTo("count=2,bytes=2");
    }

    @Test
    void quotaFiguresThatCannotBeReadDoNotHideInAMulti() {
        String stats = quota();

        Reply reply =
                client.ask(Requests.multi(Op.MULTI, List.of(Requests.setData(stats, new byte[] {0, 0}, -1)), true));

        assertThat(reply.int32(5)).isEqualTo(-8);
    }

    /** A quota without limits on a node of its own; returns the path of the figures. */
    private String quota() {
        String home = "/zookeeper/quota" + top;
        client.ask(Requests.create(Op.CREATE, top, DATA, AclEntry.OPEN, 0));
        client.ask(Requests.create(Op.CREATE, home, null, AclEntry.OPEN, 0));
        client.ask(Requests.create(
                Op.CREATE, home + "/zookeeper_limits", "count=-1,bytes=-1".getBytes(US_ASCII), AclEntry.OPEN, 0));
        client.ask(Requests.create(Op.CREATE, home + "/zookeeper_stats", null, AclEntry.OPEN, 0));
        return home + "/zookeeper_stats";
    }
}
