package io.quorate.wire.proto;

import static io.quorate.wire.Frames.answered;
import static io.quorate.wire.Frames.asked;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Frames.Answered;
import io.quorate.wire.Frames.Asked;
import io.quorate.wire.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames that a 3.9.5 server took part in (client-protocol sections 13.4 to 13.7, 13.10, 13.12 and 13.13). */
class TranscriptTest {
    private static final String OPEN = "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65";
    private static final Stat STAT_B = new Stat(0x10, 0x10, 0x1a1fbab9708L, 0x1a1fbab9708L, 0, 0, 0, 0, 1, 0, 0x10);
    private static final String STAT_B_HEX = "0000000000000010 0000000000000010 000001a1fbab9708 000001a1fbab9708"
            + "00000000 00000000 00000000 0000000000000000 00000001 00000000 0000000000000010";

    @Test
    void ping() {
        assertThat(asked("00000008 | fffffffe | 0000000b"))
                .isEqualTo(new Asked(new RequestHeader(-2, OpCode.PING.code()), EmptyRequest.INSTANCE));
        assertThat(answered(OpCode.PING, "00000010 | fffffffe | 000000000000000e | 00000000"))
                .isEqualTo(new Answered(new ReplyHeader(-2, 0xe, 0), EmptyResponse.INSTANCE));
    }

    @Test
    void create() {
        Asked asked =
                asked("00000036 | 00000002 00000001 | 00000002 2f61 | 00000005 68656c6c6f |" + OPEN + "| 00000000");
        CreateRequest request = (CreateRequest) asked.request();
        assertThat(request.path()).isEqualTo("/a");
        assertThat(request.data()).asString(US_ASCII).isEqualTo("hello");
        assertThat(request.acl()).isEqualTo(Acl.OPEN_UNSAFE);
        assertThat(request.flags()).isZero();
        assertThat(answered(OpCode.CREATE, "00000016 | 00000002 000000000000000f 00000000 | 00000002 2f61"))
                .isEqualTo(new Answered(new ReplyHeader(2, 0xf, 0), new CreateResponse("/a")));
    }

    @Test
    void create2() {
        asked("00000032 | 00000003 0000000f | 00000002 2f62 | 00000001 78 |" + OPEN + "| 00000000");
        Answered answered = answered(
                OpCode.CREATE2, "0000005a | 00000003 0000000000000010 00000000 | 00000002 2f62 |" + STAT_B_HEX);
        assertThat(answered.response()).isEqualTo(new Create2Response("/b", STAT_B));
    }

    @Test
    void createEphemeralSequential() {
        Asked asked = asked("0000002e | 00000002 00000001 | 00000005 2f682f732d | 00000001 64"
                + "| 00000001 0000001f 00000004 61757468 00000000 | 00000003");
        CreateRequest request = (CreateRequest) asked.request();
        assertThat(request.acl()).containsExactly(new Acl(Acl.ALL, new Identity("auth", "")));
        assertThat(request.flags()).isEqualTo(3);
        assertThat(answered(
                                OpCode.CREATE,
                                "00000023 | 00000002 0000000000000010 00000000"
                                        + "| 0000000f 2f682f732d30303030303030303030")
                        .response())
                .isEqualTo(new CreateResponse("/h/s-0000000000"));
    }

    @Test
    void createTtl() {
        Asked asked = asked(
                "0000003a | 00000003 00000015 | 00000003 2f746c | 00000000 |" + OPEN + "| 00000005 | 000000000000ea60");
        CreateTtlRequest request = (CreateTtlRequest) asked.request();
        assertThat(request.data()).isEmpty();
        assertThat(request.flags()).isEqualTo(5);
        assertThat(request.ttlMillis()).isEqualTo(60_000);
        answered(OpCode.CREATE_TTL, "0000005b | 00000003 0000000000000011 00000000 | 00000003 2f746c |" + STAT_B_HEX);
    }

    @Test
    void getData() {
        assertThat(asked("0000000f | 00000004 00000004 | 00000002 2f61 | 01").request())
                .isEqualTo(new GetDataRequest("/a", true));
        Answered answered = answered(
                OpCode.GET_DATA,
                "0000005d | 00000004 0000000000000010 00000000 | 00000005 68656c6c6f"
                        + "| 000000000000000f 000000000000000f 000001a1fbab9704 000001a1fbab9704 00000000 00000000 00000000"
                        + "0000000000000000 00000005 00000000 000000000000000f");
        GetDataResponse response = (GetDataResponse) answered.response();
        assertThat(response.data()).asString(US_ASCII).isEqualTo("hello");
        assertThat(response.stat())
                .isEqualTo(new Stat(0xf, 0xf, 0x1a1fbab9704L, 0x1a1fbab9704L, 0, 0, 0, 0, 5, 0, 0xf));
    }

    @Test
    void getDataOfAFreshRoot() {
        Answered answered = answered(
                OpCode.GET_DATA,
                "00000058 | 00000001 000000000000000e 00000000 | 00000000"
                        + "| 0000000000000000 0000000000000000 0000000000000000 0000000000000000 00000000 ffffffff 00000000"
                        + "0000000000000000 00000000 00000001 0000000000000000");
        GetDataResponse response = (GetDataResponse) answered.response();
        assertThat(response.data()).isEmpty();
        assertThat(response.stat()).isEqualTo(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0));
    }

    @Test
    void setDataAndTheNotificationBeforeItsReply() {
        Asked asked = asked("0000001c | 00000005 00000005 | 00000002 2f61 | 00000006 776f726c6421 | ffffffff");
        SetDataRequest request = (SetDataRequest) asked.request();
        assertThat(request.data()).asString(US_ASCII).isEqualTo("world!");
        assertThat(request.version()).isEqualTo(-1);
        NotificationTranscriptTest.assertNotification(
                "0000001e | ffffffff 0000000000000011 00000000 | 00000003 00000003 00000002 2f61",
                0x11,
                new WatchedEvent(EventType.NODE_DATA_CHANGED, "/a"));
        Answered answered = answered(
                OpCode.SET_DATA,
                "00000054 | 00000005 0000000000000011 00000000"
                        + "| 000000000000000f 0000000000000011 000001a1fbab9704 000001a1fbab970e 00000001 00000000 00000000"
                        + "0000000000000000 00000006 00000000 000000000000000f");
        assertThat(answered.response())
                .isEqualTo(
                        new StatResponse(new Stat(0xf, 0x11, 0x1a1fbab9704L, 0x1a1fbab970eL, 1, 0, 0, 0, 6, 0, 0xf)));
    }

    @Test
    void errors() {
        assertThat(asked("00000012 | 00000007 00000003 | 00000005 2f6e6f6e65 | 00")
                        .request())
                .isEqualTo(new ExistsRequest("/none", false));
        assertError("00000010 | 00000007 0000000000000011 ffffff9b", ErrorCode.NO_NODE);
        SetDataRequest request =
                (SetDataRequest) asked("00000016 | 00000008 00000005 | 00000002 2f68 | 00000000 | 00000005")
                        .request();
        assertThat(request.version()).isEqualTo(5);
        assertError("00000010 | 00000008 0000000000000012 ffffff99", ErrorCode.BAD_VERSION);
        assertThat(OpCode.of(99)).isNull();
        assertError("00000010 | 00000014 ffffffffffffffff fffffffa", ErrorCode.UNIMPLEMENTED);
    }

    @Test
    void deleteAndSync() {
        assertThat(asked("00000012 | 0000000a 00000002 | 00000002 2f64 | ffffffff")
                        .request())
                .isEqualTo(new DeleteRequest("/d", -1));
        answered(OpCode.DELETE, "00000010 | 0000000a 0000000000000014 00000000");
        assertThat(asked("0000000e | 0000000b 00000009 | 00000002 2f68").request())
                .isEqualTo(new SyncRequest("/h"));
        assertThat(answered(OpCode.SYNC, "00000016 | 0000000b 0000000000000014 00000000 | 00000002 2f68")
                        .response())
                .isEqualTo(new SyncResponse("/h"));
    }

    @Test
    void children() {
        GetChildrenRequest request = new GetChildrenRequest("/h", false);
        assertThat(asked("0000000f | 00000004 00000008 | 00000002 2f68 | 00").request())
                .isEqualTo(request);
        assertThat(asked("0000000f | 00000005 0000000c | 00000002 2f68 | 00").request())
                .isEqualTo(request);
        String child = "00000001 0000000c 732d30303030303030303030";
        assertThat(answered(OpCode.GET_CHILDREN, "00000024 | 00000004 0000000000000011 00000000 |" + child)
                        .response())
                .isEqualTo(new GetChildrenResponse(List.of("s-0000000000")));
        assertThat(answered(
                                OpCode.GET_CHILDREN2,
                                "00000068 | 00000005 0000000000000011 00000000 |" + child + STAT_B_HEX)
                        .response())
                .isEqualTo(new GetChildren2Response(List.of("s-0000000000"), STAT_B));
    }

    @Test
    void acls() {
        assertThat(asked("0000001b | 00000006 00000006 | 0000000f 2f682f732d30303030303030303030")
                        .request())
                .isEqualTo(new GetAclRequest("/h/s-0000000000"));
        GetAclResponse response = (GetAclResponse) answered(
                        OpCode.GET_ACL,
                        "0000008a | 00000006 0000000000000011 00000000 | 00000001 0000001f 00000006 646967657374 00000020"
                                + "626f623a696b49614b73627447776561486e622f6a4b6e374f487162756e4d3d"
                                + "| 0000000000000010 0000000000000010 000001a1fbb7c229 000001a1fbb7c229 00000000 00000000"
                                + "00000000 0100002219c60005 00000001 00000000 0000000000000010")
                .response();
        assertThat(response.acl())
                .containsExactly(new Acl(Acl.ALL, new Identity("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=")));
        assertThat(response.stat().ephemeralOwner()).isEqualTo(0x0100002219c60005L);
        assertThat(asked("0000002d | 00000012 00000007 | 00000002 2f68 |" + OPEN + "| ffffffff")
                        .request())
                .isEqualTo(new SetAclRequest("/h", Acl.OPEN_UNSAFE, -1));
        answered(OpCode.SET_ACL, "00000054 | 00000012 0000000000000015 00000000 |" + STAT_B_HEX);
    }

    @Test
    void authAndWhoAmI() {
        AuthPacket packet = (AuthPacket)
                asked("00000020 | fffffffc 00000064 | 00000000 | 00000006 646967657374 | 00000006 626f623a7077")
                        .request();
        assertThat(packet.scheme()).isEqualTo("digest");
        assertThat(packet.auth()).asString(US_ASCII).isEqualTo("bob:pw");
        answered(OpCode.AUTH, "00000010 | fffffffc 0000000000000000 00000000");
        asked("00000008 | 00000011 0000006b");
        assertThat(answered(
                                OpCode.WHO_AM_I,
                                "00000038 | 00000011 0000000000000014 00000000 | 00000002 | 00000006 646967657374 00000003"
                                        + "626f62 | 00000002 6970 00000009 3132372e302e302e31")
                        .response())
                .isEqualTo(new WhoAmIResponse(
                        List.of(new ClientInfo("digest", "bob"), new ClientInfo("ip", "127.0.0.1"))));
    }

    @Test
    void watchesAreAddedCheckedAndRemoved() {
        assertThat(asked("00000012 | 0000000c 0000006a | 00000002 2f68 | 00000001")
                        .request())
                .isEqualTo(new AddWatchRequest("/h", 1));
        assertThat(answered(OpCode.ADD_WATCH, "00000014 | 0000000c 0000000000000014 00000000 | 00000000")
                        .response())
                .isEqualTo(new ErrorResponse(0));
        assertThat(asked("00000012 | 0000000d 00000011 | 00000002 2f68 | 00000005")
                        .request())
                .isEqualTo(new CheckWatchesRequest("/h", 5));
        answered(OpCode.CHECK_WATCHES, "00000010 | 0000000d 0000000000000014 00000000");
        assertThat(asked("00000012 | 0000000e 00000012 | 00000002 2f68 | 00000005")
                        .request())
                .isEqualTo(new RemoveWatchesRequest("/h", 5));
        answered(OpCode.REMOVE_WATCHES, "00000010 | 0000000e 0000000000000014 00000000");
    }

    @Test
    void ephemeralsAndDescendants() {
        assertThat(asked("0000000d | 0000000f 00000067 | 00000001 2f").request())
                .isEqualTo(new GetEphemeralsRequest("/"));
        assertThat(answered(
                                OpCode.GET_EPHEMERALS,
                                "00000027 | 0000000f 0000000000000014 00000000 | 00000001 0000000f"
                                        + "2f682f732d30303030303030303030")
                        .response())
                .isEqualTo(new GetEphemeralsResponse(List.of("/h/s-0000000000")));
        assertThat(asked("0000000e | 00000010 00000068 | 00000002 2f68").request())
                .isEqualTo(new GetAllChildrenNumberRequest("/h"));
        assertThat(answered(OpCode.GET_ALL_CHILDREN_NUMBER, "00000014 | 00000010 0000000000000014 00000000 | 00000001")
                        .response())
                .isEqualTo(new GetAllChildrenNumberResponse(1));
    }

    @Test
    void sasl() {
        SaslRequest first =
                (SaslRequest) asked("0000000c | 00000001 00000066 | 00000000").request();
        assertThat(first.token()).isEmpty();
        String token = "rspauth=79ba68a5896400090cd775fe9d0b2d1e";
        SaslResponse last = (SaslResponse) answered(
                        OpCode.SASL,
                        "0000003c | 00000002 0000000000000000 00000000 | 00000028" + Hex.text(token.getBytes(US_ASCII)))
                .response();
        assertThat(last.token()).asString(US_ASCII).isEqualTo(token);
    }

    @Test
    void closeSession() {
        assertThat(asked("00000008 | 00000009 fffffff5"))
                .isEqualTo(new Asked(new RequestHeader(9, OpCode.CLOSE_SESSION.code()), EmptyRequest.INSTANCE));
        answered(OpCode.CLOSE_SESSION, "00000010 | 00000009 0000000000000014 00000000");
    }

    @Test
    void deleteContainerIsABufferThatReadsLikeAString() {
        assertThat(asked("00000012 | 00000001 00000014 | 00000006 2f636f6e742f").request())
                .isEqualTo(new DeleteContainerRequest("/cont/"));
    }

    private static void assertError(String frame, ErrorCode expected) {
        // Without a body whatever the operation was, so any that has none will do to read it.
        Answered answered = answered(OpCode.PING, frame);
        assertThat(ErrorCode.of(answered.header().err())).isEqualTo(expected);
    }
}
