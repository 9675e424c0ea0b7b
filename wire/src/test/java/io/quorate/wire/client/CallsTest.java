package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.GetEphemeralsResponse;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.StatResponse;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for each request, and what the caller gets of the reply; below a chroot throughout. */
final class CallsTest {
    private static final Calls CALLS = new Calls(new Chroot("/app"), 500);
    private static final Watcher WATCHER = event -> {};

    record Asked(Function<Calls, Call<?>> made, String sent) {
        @Override
        public String toString() {
            return sent;
        }
    }

    static List<Asked> requests() {
        return List.of(
                new Asked(
                        calls -> calls.create("/a", null, Acl.READ_UNSAFE, CreateMode.EPHEMERAL),
                        "CREATE2 CreateRequest[path=/app/a, data=null, acl=" + Acl.READ_UNSAFE + ", flags=1]"),
                new Asked(
                        calls -> calls.create("/", null, Acl.OPEN_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL),
                        "CREATE2 CreateRequest[path=/app/, data=null, acl=" + Acl.OPEN_UNSAFE + ", flags=2]"),
                new Asked(
                        calls -> calls.create("/c", null, Acl.OPEN_UNSAFE, CreateMode.CONTAINER),
                        "CREATE_CONTAINER CreateRequest[path=/app/c, data=null, acl=" + Acl.OPEN_UNSAFE + ", flags=4]"),
                new Asked(
                        calls -> calls.createTtl("/t", null, null, CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, 9),
                        "CREATE_TTL CreateTtlRequest[path=/app/t, data=null, acl=null, flags=6, ttlMillis=9]"),
                new Asked(calls -> calls.delete("/a", 3), "DELETE DeleteRequest[path=/app/a, version=3]"),
                new Asked(calls -> calls.exists("/", null), "EXISTS ExistsRequest[path=/app, watch=false]"),
                new Asked(calls -> calls.exists("/a", WATCHER), "EXISTS ExistsRequest[path=/app/a, watch=true]"),
                new Asked(calls -> calls.getData("/a", null), "GET_DATA GetDataRequest[path=/app/a, watch=false]"),
                new Asked(calls -> calls.getData("/a", WATCHER), "GET_DATA GetDataRequest[path=/app/a, watch=true]"),
                new Asked(
                        calls -> calls.setData("/a", null, 4),
                        "SET_DATA SetDataRequest[path=/app/a, data=null, version=4]"),
                new Asked(calls -> calls.getAcl("/a"), "GET_ACL GetAclRequest[path=/app/a]"),
                new Asked(
                        calls -> calls.setAcl("/a", Acl.OPEN_UNSAFE, 5),
                        "SET_ACL SetAclRequest[path=/app/a, acl=" + Acl.OPEN_UNSAFE + ", version=5]"),
                new Asked(
                        calls -> calls.getChildren("/a", WATCHER),
                        "GET_CHILDREN2 GetChildrenRequest[path=/app/a, watch=true]"),
                new Asked(
                        calls -> calls.getAllChildrenNumber("/"),
                        "GET_ALL_CHILDREN_NUMBER GetAllChildrenNumberRequest[path=/app]"),
                new Asked(calls -> calls.getEphemerals("/"), "GET_EPHEMERALS GetEphemeralsRequest[prefixPath=/app/]"),
                new Asked(calls -> calls.sync("/a"), "SYNC SyncRequest[path=/app/a]"),
                new Asked(
                        calls -> calls.addWatch("/a", AddWatchMode.PERSISTENT_RECURSIVE, WATCHER),
                        "ADD_WATCH AddWatchRequest[path=/app/a, mode=1]"),
                new Asked(
                        calls -> calls.removeWatches("/a", WatcherType.PERSISTENT, null),
                        "REMOVE_WATCHES RemoveWatchesRequest[path=/app/a, type=4]"),
                new Asked(Calls::whoAmI, "WHO_AM_I EmptyRequest[]"),
                new Asked(
                        calls -> calls.reconfig("j", null, null, 8),
                        "RECONFIG ReconfigRequest[joiningServers=j, leavingServers=null, newMembers=null, curConfigId=8]"),
                new Asked(
                        calls -> calls.getConfig(null), "GET_DATA GetDataRequest[path=/zookeeper/config, watch=false]"),
                new Asked(
                        calls -> calls.multi(List.of(
                                WriteOp.create("/a", null, CreateMode.PERSISTENT),
                                WriteOp.create("/", null, CreateMode.PERSISTENT_SEQUENTIAL),
                                WriteOp.createTtl("/t", null, null, CreateMode.PERSISTENT_WITH_TTL, 7),
                                WriteOp.setData("/a", null, 1),
                                WriteOp.check("/a", 2),
                                WriteOp.delete("/a", 3))),
                        "MULTI MultiRequest[ops=["
                                + "MultiOp[type=15, request=CreateRequest[path=/app/a, data=null, acl="
                                + Acl.OPEN_UNSAFE
                                + ", flags=0]], MultiOp[type=15, request=CreateRequest[path=/app/, data=null, acl="
                                + Acl.OPEN_UNSAFE
                                + ", flags=2]], MultiOp[type=21, request=CreateTtlRequest[path=/app/t, data=null,"
                                + " acl=null, flags=5, ttlMillis=7]],"
                                + " MultiOp[type=5, request=SetDataRequest[path=/app/a, data=null, version=1]],"
                                + " MultiOp[type=13, request=CheckVersionRequest[path=/app/a, version=2]],"
                                + " MultiOp[type=2, request=DeleteRequest[path=/app/a, version=3]]]]"),
                new Asked(
                        calls -> calls.multiRead(List.of(ReadOp.getData("/a"), ReadOp.getChildren("/"))),
                        "MULTI_READ MultiReadRequest[ops=["
                                + "MultiOp[type=4, request=GetDataRequest[path=/app/a, watch=false]],"
                                + " MultiOp[type=8, request=GetChildrenRequest[path=/app, watch=false]]]]"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isSentAs(Asked asked) {
        Frame frame = asked.made().apply(CALLS).frame();
        JuteReader reader =
                new JuteReader().wrap(new UnsafeBuffer(frame.bytes()), Integer.BYTES, frame.payloadLength());
        assertThat(reader.readInt()).as("xid").isZero();
        OpCode op = OpCode.of(reader.readInt());
        Request request = Requests.read(op, reader);
        assertThat(reader.remaining()).isZero();
        assertThat(op + " " + request).isEqualTo(asked.sent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "../x", "/a/"})
    void aPathThatCouldLeaveTheChrootIsNotSent(String path) {
        assertThatThrownBy(() -> CALLS.getData(path, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CALLS.multi(List.of(WriteOp.delete(path, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatNoServerWouldTakeIsNotSent() {
        assertThatThrownBy(() -> CALLS.setData("/a", new byte[480], -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 500");
        assertThat(CALLS.setData("/a", new byte[474], -1).frame().payloadLength())
                .isEqualTo(500);
        assertThatThrownBy(() -> CALLS.create("/a", null, null, CreateMode.PERSISTENT_WITH_TTL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CALLS.createTtl("/a", null, null, CreateMode.PERSISTENT, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> Call<T> settled(Call<T> call, ErrorCode error, Response body) {
        JuteReader reader = Codec.reader(body == null ? new byte[0] : Codec.encode(body::write));
        call.settle(new ReplyHeader(1, 42, error.code()), error, reader);
        call.finish();
        return call;
    }

    private static <T> T answered(Call<T> call, Response body) {
        return settled(call, ErrorCode.OK, body).future().join();
    }

    @Test
    void pathsInRepliesAreThoseOfTheClient() {
        Created created = answered(
                CALLS.create("/s-", null, null, CreateMode.EPHEMERAL_SEQUENTIAL),
                new Create2Response("/app/s-0000000001", Stats.of(42)));
        assertThat(created).isEqualTo(new Created("/s-0000000001", Stats.of(42), 42));
        assertThat(answered(
                        CALLS.getEphemerals("/"), new GetEphemeralsResponse(List.of("/app/b", "/apple/b", "/app/a/c"))))
                .containsExactly("/b", "/a/c");
        assertThatThrownBy(() -> answered(
                        CALLS.create("/a", null, null, CreateMode.PERSISTENT),
                        new Create2Response("/apple", Stats.of(1))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aMissingNodeIsAnAnswerForExistsAndAFailureForOthers() {
        NodeStat missing = settled(CALLS.exists("/a", null), ErrorCode.NO_NODE, null)
                .future()
                .join();
        assertThat(missing.exists()).isFalse();
        assertThat(missing.zxid()).isEqualTo(42);
        assertThat(settled(CALLS.getData("/a", null), ErrorCode.NO_NODE, null).failure())
                .isInstanceOf(CoordinatorException.NoNode.class)
                .returns("/a", CoordinatorException::path)
                .hasMessage("NO_NODE for /a");
    }

    @Test
    void nullAndEmptyDataAreDifferentAnswers() {
        assertThat(answered(CALLS.getData("/a", null), new GetDataResponse(null, Stats.of(1)))
                        .data())
                .isNull();
        assertThat(answered(CALLS.getData("/a", null), new GetDataResponse(new byte[0], Stats.of(1)))
                        .data())
                .isEmpty();
    }

    @Test
    void aFailedMultiSaysWhichPartFailed() {
        List<WriteOp> ops = List.of(WriteOp.delete("/a", -1), WriteOp.delete("/b", -1), WriteOp.delete("/c", -1));
        MultiResponse response =
                new MultiResponse(List.of(MultiResult.error(0), MultiResult.error(-101), MultiResult.error(-2)));
        Call<MultiOutcome> call = settled(CALLS.multi(ops), ErrorCode.OK, response);
        assertThat(call.failure()).isInstanceOfSatisfying(CoordinatorException.MultiFailed.class, failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(failed.path()).isEqualTo("/b");
            assertThat(failed.error()).isEqualTo(ErrorCode.NO_NODE);
            assertThat(failed.mayHaveBeenExecuted()).isFalse();
            assertThat(failed.results())
                    .extracting(OpResult::error)
                    .containsExactly(ErrorCode.OK, ErrorCode.NO_NODE, ErrorCode.RUNTIME_INCONSISTENCY);
        });
    }

    @Test
    void theReadsOfAMultiReadFailOneByOne() {
        List<ReadOp> ops = List.of(ReadOp.getData("/a"), ReadOp.getData("/b"));
        MultiResponse response = new MultiResponse(List.of(
                MultiResult.error(-101),
                MultiResult.success(OpCode.GET_DATA, new GetDataResponse(new byte[] {7}, Stats.of(3)))));
        List<OpResult> results = answered(CALLS.multiRead(ops), response).results();
        assertThat(results.get(0).error()).isEqualTo(ErrorCode.NO_NODE);
        assertThat(results.get(1).data()).containsExactly(7);
        assertThat(results.get(1).stat()).isEqualTo(Stats.of(3));
    }

    @Test
    void theResultsOfAMultiNameNodesAsTheClientDoes() {
        MultiResponse response = new MultiResponse(List.of(
                MultiResult.success(OpCode.CREATE2, new Create2Response("/app/a", Stats.of(9))),
                MultiResult.success(OpCode.SET_DATA, new StatResponse(Stats.of(9)))));
        MultiOutcome outcome = answered(
                CALLS.multi(
                        List.of(WriteOp.create("/a", null, CreateMode.PERSISTENT), WriteOp.setData("/a", null, -1))),
                response);
        assertThat(outcome.zxid()).isEqualTo(42);
        assertThat(outcome.results().get(0).path()).isEqualTo("/a");
        assertThat(outcome.results().get(1).stat()).isEqualTo(Stats.of(9));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_NODE, NoNode",
        "NODE_EXISTS, NodeExists",
        "BAD_VERSION, BadVersion",
        "NOT_EMPTY, NotEmpty",
        "NO_AUTH, NoAuth",
        "SESSION_EXPIRED, SessionExpired",
        "NO_CHILDREN_FOR_EPHEMERALS, CoordinatorException",
        "QUOTA_EXCEEDED, CoordinatorException"
    })
    void anErrorHasAType(ErrorCode error, String type) {
        CoordinatorException failure =
                settled(CALLS.delete("/a", 1), error, null).failure();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure.getStackTrace()).as("cheap").isEmpty();
        assertThat(failure.here().getStackTrace())
                .as("but not for the caller who waits")
                .isNotEmpty();
    }
}
