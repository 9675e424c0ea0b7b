package io.quorate.wire.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumPacketTest {
    @Test
    void typesHaveTheNumbersOfTheSpecification() {
        assertThat(PacketType.values()).hasSize(19);
        for (PacketType type : PacketType.values()) {
            assertThat(PacketType.of(type.code())).isSameAs(type);
        }
        assertThat(PacketType.ACK.code()).isEqualTo(3);
        assertThat(PacketType.NEWLEADER.code()).isEqualTo(10);
        assertThat(PacketType.SNAP.code()).isEqualTo(15);
        assertThat(PacketType.INFORMANDACTIVATE.code()).isEqualTo(19);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 20, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aTypeThatIsUnknownIsStillAPacket(int code) {
        QuorumPacket packet = Codec.decode(
                QuorumPacket.class, Codec.reader(Codec.encode(new QuorumPacket(code, 7, null, List.of()))));
        assertThat(packet.packetType()).isNull();
        assertThat(packet).isEqualTo(new QuorumPacket(code, 7, null, List.of())).hasToString("type " + code + " 0x7");
    }

    @Test
    void whatIsPrintedHoldsNoSecrets() {
        QuorumPacket packet = QuorumPacket.request(
                new ForwardedRequest(1, 2, 100, "secret".getBytes(UTF_8)),
                List.of(new Identity("digest", "user:secret")));
        assertThat(packet).hasToString("REQUEST 0xffffffffffffffff, 22 bytes");
    }

    @Test
    void aTypeThatNeedsDataIsMalformedWithoutThem() {
        QuorumPacket packet = new QuorumPacket(PacketType.LEADERINFO.code(), 0, null, null);
        assertThatThrownBy(packet::payload).isInstanceOf(MalformedException.class);
        assertThat(packet.text()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000007, 1, 0",
        "0000000000000007 000100, 1, 0",
        "0000000000000007 00010000, 65536, 0",
        "0000000000000007 00010000 00000001000000, 65536, 0",
        "0000000000000007 00010000 000000010000000e, 65536, 4294967310",
        "0000000000000007 00010000 000000010000000e ff, 65536, 4294967310"
    })
    void anOlderLearnerSaysLess(String hex, int protocolVersion, long configVersion) {
        assertThat(LearnerInfo.read(Codec.reader(Hex.bytes(hex))))
                .isEqualTo(new LearnerInfo(7, protocolVersion, configVersion));
    }

    @Test
    void aLearnerThatDoesNotSayWhoItIsIsMalformed() {
        assertThatThrownBy(() -> LearnerInfo.read(Codec.reader(new byte[7]))).isInstanceOf(MalformedException.class);
    }

    @Test
    void touchesThatEndWithinASessionAreMalformed() {
        for (int length = 0; length < 37; length++) {
            byte[] bytes = new byte[length];
            if (length % 12 == 0) {
                assertThat(SessionTouches.read(Codec.reader(bytes)).touches()).hasSize(length / 12);
            } else {
                assertThatThrownBy(() -> SessionTouches.read(Codec.reader(bytes)))
                        .isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void zxidsHaveAnEpochAndACounter() {
        assertThat(Zxid.of(3, 0)).isEqualTo(0x300000000L);
        assertThat(Zxid.of(1, 0xffff_ffffL)).isEqualTo(0x1ffffffffL);
        assertThat(Zxid.of(1, -1)).isEqualTo(0x1ffffffffL);
        assertThat(Zxid.epoch(0x1ffffffffL)).isEqualTo(1);
        assertThat(Zxid.counter(0x1ffffffffL)).isEqualTo(0xffff_ffffL);
        assertThat(Zxid.epoch(Long.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
    }
}
