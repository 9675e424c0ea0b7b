package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.TxnEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quorum port as 3.9.5 servers use it (quorum protocol specification, section 21). */
class QuorumCaptureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quorum-initial-leader-to-learner",
                "quorum-initial-learner-to-leader",
                "quorum-diff-leader-to-learner",
                "quorum-diff-learner-to-leader",
                "quorum-snap-learner-to-leader",
                "quorum-observer-leader-to-learner",
                "quorum-observer-learner-to-leader"
            })
    void everyPacketIsUnderstoodAndEncodedToTheSameBytes(String capture) {
        byte[] bytes = Captures.bytes(capture);
        List<QuorumPacket> packets = Captures.packets(bytes, 0);
        assertThat(Hex.text(Codec.encode(writer -> packets.forEach(packet -> packet.write(writer)))))
                .isEqualTo(Hex.text(bytes));
        for (QuorumPacket packet : packets) {
            understand(packet, capture.endsWith("to-leader"));
        }
    }

    @Test
    void aLearnerThatMissesFourTransactionsGetsThemByDiff() {
        assertThat(Captures.packets(Captures.bytes("quorum-diff-leader-to-learner"), 0))
                .extracting(QuorumPacket::toString)
                .startsWith(
                        "LEADERINFO 0x100000000, 4 bytes",
                        "DIFF 0x10000000c",
                        "PROPOSAL 0x100000009, 48 bytes",
                        "COMMIT 0x100000009")
                .containsSubsequence(
                        "PROPOSAL 0x10000000c, 87 bytes",
                        "COMMIT 0x10000000c",
                        "NEWLEADER 0x100000000, 138 bytes",
                        "UPTODATE 0xffffffffffffffff");
        List<QuorumPacket> answers = Captures.packets(Captures.bytes("quorum-diff-learner-to-leader"), 0);
        assertThat(LearnerInfo.read(answers.get(0).payload()))
                .isEqualTo(new LearnerInfo(1, LearnerInfo.PROTOCOL_VERSION, 0));
        assertThat(answers.get(1).zxid()).isEqualTo(Zxid.of(1, 8));
        assertThat(EpochAck.read(answers.get(1).payload())).isEqualTo(new EpochAck(EpochAck.SAME_EPOCH));
    }

    @Test
    void aCreateIsForwardedWithWhatItsClientHasProvenToBe() {
        QuorumPacket request = Captures.packets(Captures.bytes("quorum-initial-learner-to-leader"), 0).stream()
                .filter(packet -> packet.packetType() == PacketType.REQUEST && packet.authinfo() != null)
                .findFirst()
                .orElseThrow();
        assertThat(request.authinfo()).containsExactly(new Identity("ip", "127.0.0.1"));
        ForwardedRequest forwarded = ForwardedRequest.read(request.payload());
        assertThat(forwarded.sessionId()).isEqualTo(0x0100001589a20000L);
        assertThat(forwarded.cxid()).isEqualTo(1);
        assertThat(forwarded.opcode()).isEqualTo(OpCode.CREATE.code());
        CreateRequest create = CreateRequest.read(Codec.reader(forwarded.request()));
        assertThat(create.path()).isEqualTo("/a");
        assertThat(create.data()).asString().isEqualTo("hello");
    }

    @Test
    void everyTypeThatWasCapturedIsMadeAgainByItsFactory() {
        List<String> made = Stream.of(
                        QuorumPacket.followerInfo(0, new LearnerInfo(2, LearnerInfo.PROTOCOL_VERSION, 0)),
                        QuorumPacket.leaderInfo(1),
                        QuorumPacket.ackEpoch(Zxid.of(1, 8), new EpochAck(EpochAck.SAME_EPOCH)),
                        QuorumPacket.diff(Zxid.of(1, 12)),
                        QuorumPacket.ack(Zxid.of(1, 0)),
                        QuorumPacket.upToDate(),
                        QuorumPacket.snap(Zxid.of(1, 12)),
                        QuorumPacket.trunc(Zxid.of(1, 2)),
                        QuorumPacket.commit(Zxid.of(1, 2)),
                        QuorumPacket.sync(),
                        QuorumPacket.ping(Zxid.of(1, 6)),
                        QuorumPacket.pingReply(
                                Zxid.of(1, 6),
                                new SessionTouches(List.of(new SessionTouch(0x0100001589a20000L, 10_000)))),
                        QuorumPacket.pingReply(Zxid.of(1, 6), new SessionTouches(List.of())),
                        QuorumPacket.revalidate(new Revalidation(0x0200001589920001L, 10_000)),
                        QuorumPacket.revalidateReply(new RevalidationReply(0x0200001589920001L, true)),
                        QuorumPacket.commitAndActivate(Zxid.of(1, 14), 3),
                        QuorumPacket.request(
                                new ForwardedRequest(0x0200001589920000L, 0, -10, Hex.bytes("00002710")), null))
                .map(packet -> Hex.text(Codec.encode(packet)))
                .toList();
        assertThat(made)
                .containsExactly(
                        hex("0000000b 0000000000000000 00000014 0000000000000002 00010000 0000000000000000 ffffffff"),
                        hex("00000011 0000000100000000 00000004 00010000 ffffffff"),
                        hex("00000012 0000000100000008 00000004 ffffffff ffffffff"),
                        hex("0000000d 000000010000000c ffffffff ffffffff"),
                        hex("00000003 0000000100000000 ffffffff ffffffff"),
                        hex("0000000c ffffffffffffffff ffffffff ffffffff"),
                        hex("0000000f 000000010000000c ffffffff ffffffff"),
                        hex("0000000e 0000000100000002 ffffffff ffffffff"),
                        hex("00000004 0000000100000002 ffffffff ffffffff"),
                        hex("00000007 0000000000000000 ffffffff ffffffff"),
                        hex("00000005 0000000100000006 ffffffff ffffffff"),
                        hex("00000005 0000000100000006 0000000c 0100001589a20000 00002710 ffffffff"),
                        hex("00000005 0000000100000006 00000000 ffffffff"),
                        hex("00000006 ffffffffffffffff 0000000c 0200001589920001 00002710 ffffffff"),
                        hex("00000006 ffffffffffffffff 00000009 0200001589920001 01 ffffffff"),
                        hex("00000009 000000010000000e 00000008 0000000000000003 ffffffff"),
                        hex("00000001 ffffffffffffffff 00000014 0200001589920000 00000000 fffffff6 00002710 ffffffff"));
    }

    private static String hex(String text) {
        return Hex.text(Hex.bytes(text));
    }

    /** Decodes the data by the type, and makes the same packet again. */
    private static void understand(QuorumPacket packet, boolean fromLearner) {
        long epoch = Zxid.epoch(packet.zxid());
        QuorumPacket again =
                switch (packet.packetType()) {
                    case REQUEST -> QuorumPacket.request(ForwardedRequest.read(packet.payload()), packet.authinfo());
                    case PROPOSAL -> QuorumPacket.proposal(packet.zxid(), txn(packet.payload()));
                    case ACK -> QuorumPacket.ack(packet.zxid());
                    case COMMIT -> QuorumPacket.commit(packet.zxid());
                    case PING -> fromLearner
                            ? QuorumPacket.pingReply(packet.zxid(), SessionTouches.read(packet.payload()))
                            : QuorumPacket.ping(packet.zxid());
                    case REVALIDATE -> fromLearner
                            ? QuorumPacket.revalidate(Revalidation.read(packet.payload()))
                            : QuorumPacket.revalidateReply(RevalidationReply.read(packet.payload()));
                    case SYNC -> QuorumPacket.sync();
                    case INFORM -> QuorumPacket.inform(packet.zxid(), txn(packet.payload()));
                    case COMMITANDACTIVATE -> QuorumPacket.commitAndActivate(
                            packet.zxid(), Activation.read(packet.payload()).designatedLeader());
                    case NEWLEADER -> QuorumPacket.newLeader(epoch, packet.text());
                    case FOLLOWERINFO -> QuorumPacket.followerInfo(epoch, LearnerInfo.read(packet.payload()));
                    case UPTODATE -> QuorumPacket.upToDate();
                    case DIFF -> QuorumPacket.diff(packet.zxid());
                    case TRUNC -> QuorumPacket.trunc(packet.zxid());
                    case SNAP -> QuorumPacket.snap(packet.zxid());
                    case OBSERVERINFO -> QuorumPacket.observerInfo(epoch, LearnerInfo.read(packet.payload()));
                    case LEADERINFO -> QuorumPacket.leaderInfo(epoch);
                    case ACKEPOCH -> QuorumPacket.ackEpoch(packet.zxid(), EpochAck.read(packet.payload()));
                    case INFORMANDACTIVATE -> {
                        Activation activation = Activation.read(packet.payload());
                        byte[] txn = txn(Codec.reader(activation.txn()));
                        yield QuorumPacket.informAndActivate(
                                packet.zxid(), new Activation(activation.designatedLeader(), txn));
                    }
                };
        assertThat(Hex.text(Codec.encode(again))).as(packet.toString()).isEqualTo(Hex.text(Codec.encode(packet)));
    }

    private static byte[] txn(JuteReader reader) {
        return Codec.encode(TxnEntry.read(reader));
    }
}
