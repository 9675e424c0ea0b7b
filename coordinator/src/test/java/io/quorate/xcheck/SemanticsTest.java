package io.quorate.xcheck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quorate.xcheck.Requests.Body;
import io.quorate.xcheck.ScriptedClient.Event;
import io.quorate.xcheck.ScriptedClient.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Observed facts about nodes, watches and refusals that random requests seldom meet, script by script. */
final class SemanticsTest {

    private static final int HEADER = 9;
    private static final byte[] DATA = {1, 2, 3};
    private static final List<AclEntry> INVALID = List.of(new AclEntry(31, "world", "foo"));

    @RegisterExtension
    static final ScriptedServer SERVER = new ScriptedServer();

    private final ScriptedClient client = SERVER.connect();
    private final String top = "/t" + Long.toHexString(client.sessionId());

    @BeforeEach
    void aNodeOfItsOwn() {
        assertThat(create(top, 0).err()).isZero();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private Reply create(String path, int flags) {
        return client.ask(Requests.create(Op.CREATE, path, DATA, AclEntry.OPEN, flags));
    }

    private static Body getData(String path, int watch) {
        return Requests.pathAndWatch(Op.GET_DATA, path, watch);
    }

    private static Body delete(String path, int version) {
        return Requests.pathAndVersion(Op.DELETE, path, version);
    }

    @Test
    void suffixesCountAllCreationsAndNoFailures() {
        assertThat(create(top + "/n", 2).string(0)).isEqualTo(top + "/n0000000000");
        create(top + "/plain", 0);
        create(top + "/plain", 0);
        client.ask(delete(top + "/plain", -1));
        assertThat(create(top + "/", 2).string(0)).isEqualTo(top + "/0000000002");
        assertThat(create(top + "/.", 3).string(0)).isEqualTo(top + "/.0000000003");
    }

    @Test
    void nullAndEmptyDataAreKeptApart() {
        client.ask(Requests.setData(top, null, -1));
        assertThat(client.ask(getData(top, 0)).int32(0)).isEqualTo(-1);
        client.ask(Requests.setData(top, new byte[0], -1));
        assertThat(client.ask(getData(top, 0)).int32(0)).isZero();
    }

    @Test
    void anyByteIsTrueAndWhatFollowsARecordIsIgnored() {
        byte[] body = new Encoder().string(top).int8(0x40).int64(7).bytes();
        assertThat(client.ask(Requests.raw(Op.GET_DATA, body)).err()).isZero();

        Reply reply = client.ask(Requests.setData(top, DATA, -1));

        assertThat(reply.events()).containsExactly(new Event(3, top, reply.zxid()));
    }

    @Test
    void whoeverWatchesDataAndChildrenHearsOfADeletionOnce() {
        client.ask(getData(top, 1));
        client.ask(Requests.pathAndWatch(Op.GET_CHILDREN, top, 1));

        Reply reply = client.ask(delete(top, -1));

        assertThat(reply.events()).containsExactly(new Event(2, top, reply.zxid()));
    }

    @Test
    void missedEventsComeInTheOrderOfTheLists() {
        String still = top + "-still";
        create(still, 0);
        long seen = client.ask(getData(top, 0)).zxid();
        create(top + "/child", 0);
        client.ask(Requests.setData(top, DATA, -1));
        List<List<String>> lists =
                List.of(List.of(top, still, "/gone"), List.of(top, "/notyet"), List.of(top, still, "/gone"));

        Reply reply =
                client.ask(Requests.setWatches(Op.SET_WATCHES, seen, lists).at(-8));

        assertThat(reply.xid()).isEqualTo(-8);
        assertThat(reply.events())
                .containsExactly(
                        new Event(3, top, -1),
                        new Event(2, "/gone", -1),
                        new Event(1, top, -1),
                        new Event(4, top, -1),
                        new Event(2, "/gone", -1));
    }

    @Test
    void aFailedMultiTellsWhichPartFailed() {
        List<Body> parts = List.of(
                Requests.create(Op.CREATE, top + "/m", DATA, AclEntry.OPEN, 0),
                delete("/nope", -1),
                Requests.setData(top, DATA, -1));

        Reply reply = client.ask(Requests.multi(Op.MULTI, parts, true));

        Encoder expected = new Encoder();
        for (int code : new int[] {0, -101, -2}) {
            expected.int32(-1).int8(0).int32(code).int32(code);
        }
        assertThat(reply.err()).isZero();
        assertThat(reply.body()).isEqualTo(expected.raw(Requests.MULTI_END).bytes());
        assertThat(client.ask(getData(top + "/m", 0)).err()).isEqualTo(-101);
    }

    @Test
    void insideAMultiTheFlagsDecideWhatACreateMakes() {
        Reply container = client.ask(Requests.multi(
                Op.MULTI, List.of(Requests.create(Op.CREATE, top + "/c", DATA, AclEntry.OPEN, 4)), true));
        Reply plain = client.ask(
                Requests.multi(Op.MULTI, List.of(Requests.createTtl(top + "/p", DATA, AclEntry.OPEN, 0, -1)), true));

        assertThat(container.int32(0)).isEqualTo(Op.CREATE2);
        assertThat(plain.int32(0)).isEqualTo(Op.CREATE);
        assertThat(plain.string(HEADER)).isEqualTo(top + "/p");
    }

    @Test
    void hashesAreShownToAdministratorsOnly() {
        AclEntry readable = new AclEntry(1, "world", "anyone");
        AclEntry secret = new AclEntry(31, "digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=");
        client.ask(Requests.create(Op.CREATE, top + "/d", DATA, List.of(readable, secret), 0));

        assertThat(client.ask(Requests.path(Op.GET_ACL, top + "/d")).body())
                .containsSequence("bob:x".getBytes(US_ASCII));
        client.ask(Requests.digest("bob:pw").at(-4));
        assertThat(client.ask(Requests.path(Op.GET_ACL, top + "/d")).body())
                .containsSequence("bob:ikIaKsbtGweaHnb/jKn7OHqbunM=".getBytes(US_ASCII));
    }

    @Test
    void theEmptyPathIsTheRootAndCountsItself() {
        int below = client.ask(Requests.path(Op.GET_ALL_CHILDREN_NUMBER, "/")).int32(0);

        assertThat(client.ask(getData("", 0)).body())
                .isEqualTo(client.ask(getData("/", 0)).body());
        assertThat(client.ask(Requests.path(Op.GET_ALL_CHILDREN_NUMBER, "")).int32(0))
                .isEqualTo(below + 1);
    }

    @Test
    void aRefusedWriteCostsAZxidButNotOneThatCannotBeRead() {
        long before = client.ask(Requests.raw(Op.PING, new byte[0])).zxid();

        Reply unreadable = client.ask(Requests.cut(Requests.setData(top, DATA, -1), 3));
        Reply refused = client.ask(Requests.setData(top, DATA, 99));
        Reply unreadableMulti = client.ask(Requests.multi(Op.MULTI, List.of(), false));

        assertThat(List.of(unreadable.err(), refused.err(), unreadableMulti.err()))
                .containsExactly(-5, -103, -5);
        assertThat(List.of(unreadable.zxid(), refused.zxid(), unreadableMulti.zxid()))
                .containsExactly(before, before + 1, before + 2);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(-114, Requests.create(Op.CREATE, "/nope/x", DATA, INVALID, 0)),
                arguments(-101, Requests.create(Op.CREATE, "/nope/", DATA, AclEntry.OPEN, 0)),
                arguments(-8, Requests.create(Op.CREATE, "/zookeeper/", DATA, AclEntry.OPEN, 0)),
                arguments(-110, Requests.create(Op.CREATE, "/", DATA, AclEntry.OPEN, 0)),
                arguments(-114, Requests.create(Op.CREATE, "/nope", DATA, null, 0)),
                arguments(-8, Requests.create(Op.CREATE, "nope", DATA, INVALID, 9)),
                arguments(-8, Requests.createTtl("nope", DATA, INVALID, 5, 0)),
                arguments(-8, delete("/zookeeper", 5)),
                arguments(-101, delete("/nope/x", -1)),
                arguments(-8, Requests.setData("/nope/", DATA, -1)),
                arguments(-114, Requests.setAcl("/nope", INVALID, -1)),
                arguments(-5, Requests.watch(Op.ADD_WATCH, "/nope", 2)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theFirstFaultDecides(int err, Body body) {
        assertThat(client.ask(body).err()).isEqualTo(err);
    }

    @Test
    void anotherVersionIsNoticedBeforeChildren() {
        create(top + "/x", 0);

        assertThat(client.ask(delete(top, 9)).err()).isEqualTo(-103);
        assertThat(client.ask(delete(top, 0)).err()).isEqualTo(-111);
    }

    @Test
    void aHardLimitIsTestedForEveryChangeOfLengthAndBeforeTheVersion() {
        create("/zookeeper/quota" + top, 0);
        client.ask(Requests.create(
                Op.CREATE,
                "/zookeeper/quota" + top + "/zookeeper_limits",
                "count=-1,bytes=-1=;byteHardLimit=1;countHardLimit=-1".getBytes(US_ASCII),
                AclEntry.OPEN,
                0));
        client.ask(Requests.create(Op.CREATE, "/zookeeper/quota" + top + "/zookeeper_stats", DATA, AclEntry.OPEN, 0));

        assertThat(client.ask(Requests.setData(top, new byte[3], -1)).err()).isZero();
        assertThat(client.ask(Requests.setData(top, new byte[2], -1)).err()).isEqualTo(-125);
        assertThat(client.ask(Requests.setData(top, new byte[9], 77)).err()).isEqualTo(-125);
        assertThat(client.ask(Requests.setData(top, new byte[3], 77)).err()).isEqualTo(-103);
        assertThat(client.ask(Requests.setData(top, new byte[1], -1)).err()).isZero();
    }

    @Test
    void ephemeralsLiveAsLongAsTheirSession() {
        create(top + "/e", 1);
        try (ScriptedClient again = client.resumed()) {
            assertThat(again.ask(getData(top + "/e", 1)).err()).isZero();

            Reply closing = again.ask(Requests.raw(Op.CLOSE_SESSION, new byte[0]));

            assertThat(closing.events()).containsExactly(new Event(2, top + "/e", closing.zxid()));
        }
    }
}
