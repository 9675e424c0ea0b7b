package io.quorate.coordinator.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.CoreDriver;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.RecordingClient;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.ClientInfo;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.GetAclRequest;
import io.quorate.wire.proto.GetAclResponse;
import io.quorate.wire.proto.GetAllChildrenNumberRequest;
import io.quorate.wire.proto.GetAllChildrenNumberResponse;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.GetEphemeralsRequest;
import io.quorate.wire.proto.GetEphemeralsResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.SyncResponse;
import io.quorate.wire.proto.WhoAmIResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What requests that succeed are answered, and the parts of a multi. */
final class RepliesTest {

    private static final Identity BOB = new Identity("digest", "bob:hash");
    private static final int SEQUENTIAL = 2;

    private final CoreDriver driver =
            new CoreDriver(CoreDriver.settings(new OpSettings(false, false, true, true), 1000));
    private final RecordingClient client = driver.connected();

    private Response ask(OpCode op, Request request) {
        driver.request(client, 1, op, request);
        return client.body();
    }

    private String createdPath(String path, int flags) {
        return ((CreateResponse) ask(OpCode.CREATE, new CreateRequest(path, null, Acl.OPEN_UNSAFE, flags))).path();
    }

    private Stat stat(String path) {
        return ((GetDataResponse) ask(OpCode.GET_DATA, new GetDataRequest(path, false))).stat();
    }

    private static MultiOp create(int type, String path, int flags) {
        return new MultiOp(type, new CreateRequest(path, null, Acl.OPEN_UNSAFE, flags));
    }

    private List<String> multi(MultiOp... parts) {
        MultiResponse response = (MultiResponse) ask(OpCode.MULTI, new MultiRequest(List.of(parts)));
        return response.results().stream()
                .map(result -> result.type() + ":" + result.err())
                .toList();
    }

    @Test
    void sequenceNumbersCountEveryCreationBelowTheParent() {
        createdPath("/a", 0);
        assertThat(createdPath("/a/n", SEQUENTIAL)).isEqualTo("/a/n0000000000");
        createdPath("/a/plain", 0);
        driver.delete(client, 1, "/a/plain");
        driver.create(client, 1, "/a/n0000000000", 0);
        assertThat(createdPath("/a/", SEQUENTIAL)).isEqualTo("/a/0000000002");
        assertThat(createdPath("/a/.", SEQUENTIAL)).isEqualTo("/a/.0000000003");
        assertThat(stat("/a").cversion()).isEqualTo(5);
        assertThat(stat("/a").numChildren()).isEqualTo(3);
    }

    @Test
    void createAnswersByTheOperationAndNotByTheFlags() {
        CreateRequest flagged = new CreateRequest("/c", null, Acl.OPEN_UNSAFE, 1);
        Create2Response container = (Create2Response) ask(OpCode.CREATE_CONTAINER, flagged);
        assertThat(container.stat().ephemeralOwner()).isZero();
        assertThat(createdPath("/plain", 4)).isEqualTo("/plain");
        Create2Response ttl =
                (Create2Response) ask(OpCode.CREATE_TTL, new CreateTtlRequest("/t", null, Acl.OPEN_UNSAFE, 6, 5000));
        assertThat(ttl.path()).isEqualTo("/t0000000002");
        assertThat(ttl.stat().ephemeralOwner()).isZero();
        createdPath("/c/child", 0);
        createdPath("/e", 1);
        assertThat(stat("/e").ephemeralOwner()).isEqualTo(client.session());
        driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }

    @Test
    void dataThatIsMissingAndDataThatIsEmptyAreKeptApart() {
        createdPath("/a", 0);
        assertThat(((GetDataResponse) ask(OpCode.GET_DATA, new GetDataRequest("/a", false))).data())
                .isNull();
        StatResponse set = (StatResponse) ask(OpCode.SET_DATA, new SetDataRequest("/a", new byte[0], 0));
        assertThat(set.stat().version()).isEqualTo(1);
        assertThat(set.stat().mzxid()).isEqualTo(driver.lastZxid());
        assertThat(((GetDataResponse) ask(OpCode.GET_DATA, new GetDataRequest("/a", false))).data())
                .isEmpty();
    }

    @Test
    void setAclCountsItsOwnVersionAndDigestsAreMasked() {
        createdPath("/a", 0);
        driver.deliver(new Event.ClientProved(client.client(), -4, List.of(BOB)));
        Acl read = new Acl(Acl.READ, new Identity("world", "anyone"));
        Acl auth = new Acl(Acl.ALL, new Identity("auth", "ignored"));
        ask(OpCode.SET_ACL, new SetAclRequest("/a", List.of(read, auth, read), 0));
        assertThat(stat("/a").aversion()).isEqualTo(1);
        assertThat(stat("/a").version()).isZero();
        GetAclResponse full = (GetAclResponse) ask(OpCode.GET_ACL, new GetAclRequest("/a"));
        assertThat(full.acl()).containsExactly(read, new Acl(Acl.ALL, BOB));

        RecordingClient stranger = driver.connected();
        driver.request(stranger, 1, OpCode.GET_ACL, new GetAclRequest("/a"));
        assertThat(((GetAclResponse) stranger.body()).acl())
                .containsExactly(read, new Acl(Acl.ALL, new Identity("digest", "bob:x")));
    }

    @Test
    void anAclForTheAuthenticatedNeedsSomeIdentity() {
        Acl auth = new Acl(Acl.ALL, new Identity("auth", ""));
        client.take();
        ask(OpCode.CREATE, new CreateRequest("/a", null, List.of(auth), 0));

        assertThat(client.take()).containsExactly("reply 1 at 2 error -114");
    }

    @Test
    void readsOfTheWholeTree() {
        createdPath("/a", 0);
        createdPath("/a/c", 0);
        createdPath("/a/b", 0);
        createdPath("/e", 1);

        assertThat(ask(OpCode.GET_CHILDREN, new GetChildrenRequest("/a", false)))
                .isEqualTo(new GetChildrenResponse(List.of("b", "c")));
        assertThat(ask(OpCode.GET_CHILDREN, new GetChildrenRequest("/a/b", false)))
                .isEqualTo(new GetChildrenResponse(List.of()));
        assertThat(ask(OpCode.GET_CHILDREN, new GetChildrenRequest("", false)))
                .isEqualTo(new GetChildrenResponse(List.of("a", "e", "zookeeper")));
        assertThat(ask(OpCode.GET_ALL_CHILDREN_NUMBER, new GetAllChildrenNumberRequest("/")))
                .isEqualTo(new GetAllChildrenNumberResponse(7));
        assertThat(ask(OpCode.GET_ALL_CHILDREN_NUMBER, new GetAllChildrenNumberRequest("")))
                .isEqualTo(new GetAllChildrenNumberResponse(8));
        assertThat(ask(OpCode.GET_EPHEMERALS, new GetEphemeralsRequest(" ")))
                .isEqualTo(new GetEphemeralsResponse(List.of("/e")));
        assertThat(ask(OpCode.GET_EPHEMERALS, new GetEphemeralsRequest("/f")))
                .isEqualTo(new GetEphemeralsResponse(List.of()));
        assertThat(ask(OpCode.SYNC, new SyncRequest("no path"))).isEqualTo(new SyncResponse("no path"));
    }

    @Test
    void whoAmITellsNoSecrets() {
        driver.deliver(new Event.ClientProved(client.client(), -4, List.of(BOB)));

        assertThat(ask(OpCode.WHO_AM_I, EmptyRequest.INSTANCE))
                .isEqualTo(new WhoAmIResponse(
                        List.of(new ClientInfo("ip", "127.0.0.1"), new ClientInfo("digest", "bob"))));
    }

    @Test
    void partsOfAMultiSeeEachOther() {
        assertThat(multi(
                        create(1, "/m", 0),
                        new MultiOp(5, new SetDataRequest("/m", new byte[1], 0)),
                        new MultiOp(13, new CheckVersionRequest("/m", 1)),
                        create(15, "/m/s", SEQUENTIAL),
                        create(1, "/m/s", SEQUENTIAL),
                        new MultiOp(2, new DeleteRequest("/m/s0000000001", -1))))
                .containsExactly("1:0", "5:0", "13:0", "15:0", "1:0", "2:0");
        assertThat(stat("/m").numChildren()).isEqualTo(1);
        assertThat(stat("/m").czxid()).isEqualTo(stat("/m").mzxid());
    }

    @Test
    void aMultiThatFailsLeavesNothingBehind() {
        assertThat(multi(
                        create(1, "/m", 0),
                        create(1, "/m/e", 1),
                        new MultiOp(13, new CheckVersionRequest("/m", 9)),
                        create(1, "/n", 0)))
                .containsExactly("-1:0", "-1:0", "-1:-103", "-1:-2");
        assertThat(driver.isThere("/m")).isFalse();
        assertThat(createdPath("/m", SEQUENTIAL)).isEqualTo("/m0000000000");
        driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }

    @Test
    void flagsDecideWhatACreateMakesInsideAMulti() {
        MultiOp ttlWithoutTtl = new MultiOp(21, new CreateTtlRequest("/p", null, Acl.OPEN_UNSAFE, 0, -5));
        MultiOp ttl = new MultiOp(21, new CreateTtlRequest("/t", null, Acl.OPEN_UNSAFE, 5, 5));
        assertThat(multi(create(1, "/c", 4), create(19, "/d", 4), ttlWithoutTtl, ttl))
                .containsExactly("15:0", "15:0", "1:0", "15:0");
        client.take();
        for (int flags : new int[] {5, 6, 7, -1}) {
            ask(OpCode.MULTI, new MultiRequest(List.of(create(1, "/x", 0), create(1, "/y", flags))));
        }
        assertThat(client.take())
                .containsExactly(
                        "reply 1 at 3 error -5",
                        "reply 1 at 4 error -5",
                        "reply 1 at 5 error -5",
                        "reply 1 at 6 error -5");
    }

    /** As observed on the reference: the whole request fails, not the part. */
    @Test
    void aPartWithoutAPathFailsTheWholeMulti() {
        client.take();
        for (MultiOp refused : List.of(
                create(1, null, 0),
                new MultiOp(21, new CreateTtlRequest(null, null, Acl.OPEN_UNSAFE, 5, 5)),
                new MultiOp(2, new DeleteRequest(null, -1)),
                new MultiOp(5, new SetDataRequest(null, null, -1)),
                new MultiOp(13, new CheckVersionRequest(null, -1)))) {
            ask(OpCode.MULTI, new MultiRequest(List.of(create(1, "/x", 0), refused)));
            assertThat(client.take()).containsExactly("reply 1 at " + driver.lastZxid() + " error -5");
        }
        assertThat(driver.lastZxid()).isEqualTo(6);
        ask(OpCode.MULTI_READ, new MultiReadRequest(List.of(new MultiOp(4, new GetDataRequest(null, false)))));
        assertThat(client.take()).containsExactly("reply 1 at 6 error -5");
        assertThat(client.body()).isEqualTo(new MultiResponse(List.of()));
    }

    @Test
    void anEmptyMultiSucceedsAndTakesAZxid() {
        assertThat(multi()).isEmpty();
        assertThat(client.take()).containsExactly("reply 1 at 2");
    }

    @Test
    void readsOfAMultiFailOneByOneAndNeverWatch() {
        MultiReadRequest request = new MultiReadRequest(List.of(
                new MultiOp(4, new GetDataRequest("/", true)),
                new MultiOp(4, new GetDataRequest("/nope", true)),
                new MultiOp(8, new GetChildrenRequest("/", true))));
        MultiResponse response = (MultiResponse) ask(OpCode.MULTI_READ, request);

        assertThat(response.results().stream().map(result -> result.type() + ":" + result.err()))
                .containsExactly("4:0", "-1:-101", "8:0");
        driver.look(view -> assertThat(view.watches().isEmpty()).isTrue());
    }

    @Test
    void superMayDoEverythingButWhatNobodyMay() {
        createdPath("/a", 0);
        driver.deliver(new Event.ClientProved(client.client(), -4, List.of(BOB)));
        ask(OpCode.SET_ACL, new SetAclRequest("/a", List.of(new Acl(0, BOB)), -1));
        RecordingClient root = driver.connected();
        driver.deliver(new Event.ClientProved(root.client(), -4, List.of(new Identity("super", ""))));
        root.take();
        driver.create(client, 1, "/a/x", 0);
        driver.create(root, 1, "/a/x", 0);
        driver.delete(root, 2, "/zookeeper");

        assertThat(client.take()).endsWith("reply 1 at 5 error -102");
        assertThat(root.take()).containsExactly("reply 1 at 6", "reply 2 at 7 error -8");
    }
}
