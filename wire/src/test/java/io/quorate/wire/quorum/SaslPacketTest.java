package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPacketTest {
    private static final String MAGIC = "5f2435013501edcc";
    private static final int LENGTH_MAX = 1000;

    @Test
    void theCapturedFirstStepHasAnEmptyToken() {
        byte[] bytes = Hex.bytes(MAGIC + "00000000 00000000");
        SaslPacket packet = SaslPacket.read(Codec.reader(bytes));
        assertThat(packet.status()).isEqualTo(SaslPacket.IN_PROGRESS);
        assertThat(packet.token()).isEmpty();
        assertThat(Codec.encode(packet)).isEqualTo(bytes);
        assertThat(SaslPacket.isNext(new UnsafeBuffer(bytes), 0)).isTrue();
    }

    @Test
    void aPacketIsThereWithItsLastByte() {
        byte[] bytes = Codec.encode(new SaslPacket(SaslPacket.SUCCESS, new byte[40]));
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int available = 0; available < bytes.length; available++) {
            assertThat(SaslPacket.length(buffer, 0, available, LENGTH_MAX)).isEqualTo(SaslPacket.MORE);
        }
        assertThat(SaslPacket.length(buffer, 0, bytes.length, LENGTH_MAX)).isEqualTo(bytes.length);
        assertThat(SaslPacket.length(buffer, 0, bytes.length, 40)).isEqualTo(bytes.length);
        assertRefused(Hex.text(bytes), 39);
    }

    @ParameterizedTest
    @ValueSource(strings = {MAGIC + "00000000 7fffffff", MAGIC + "00000000 fffffffe", "5f2435013501edcd"})
    void whatCannotBeOneIsRefusedAtOnce(String hex) {
        assertRefused(hex, LENGTH_MAX);
        assertThatThrownBy(() -> SaslPacket.read(Codec.reader(Hex.bytes(hex)))).isInstanceOf(MalformedException.class);
    }

    @Test
    void theFirstPacketOfALearnerIsNone() {
        byte[] bytes = Codec.encode(QuorumPacket.followerInfo(1, new LearnerInfo(1, LearnerInfo.PROTOCOL_VERSION, 0)));
        assertThat(SaslPacket.isNext(new UnsafeBuffer(bytes), 0)).isFalse();
    }

    private static void assertRefused(String hex, int lengthMax) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> SaslPacket.length(new UnsafeBuffer(bytes), 0, bytes.length, lengthMax))
                .isInstanceOf(MalformedException.class);
    }
}
