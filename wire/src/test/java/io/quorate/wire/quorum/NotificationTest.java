package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
    /** State FOLLOWING, leader 3, zxid 0x500000002, round 9. */
    private static final String OLDEST = "00000001 0000000000000003 0000000500000002 0000000000000009 ";

    private static final String PEER_EPOCH = "0000000000000006 ";

    @Test
    void theOldestFormatHasTheEpochOfTheZxid() {
        assertThat(read(OLDEST)).isEqualTo(new Notification(PeerState.FOLLOWING, 3, Zxid.of(5, 2), 9, 5, 0, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000001", "00000002", "ffffffff"})
    void fortyBytesAreVersionZeroWhateverTheySay(String version) {
        assertThat(read(OLDEST + PEER_EPOCH + version))
                .isEqualTo(new Notification(PeerState.FOLLOWING, 3, Zxid.of(5, 2), 9, 6, 0, null));
    }

    @Test
    void fromVersionTwoOnThereIsAConfiguration() {
        assertThat(read(OLDEST + PEER_EPOCH + "00000002 00000002 6869"))
                .isEqualTo(new Notification(PeerState.FOLLOWING, 3, Zxid.of(5, 2), 9, 6, "hi"));
        assertThat(read(OLDEST + PEER_EPOCH + "00000003 00000000").config()).isEmpty();
        assertThat(read(OLDEST + PEER_EPOCH + "00000002 00000001 68 ffff").config())
                .isEqualTo("h");
    }

    @Test
    void beforeVersionTwoWhatFollowsIsNoConfiguration() {
        assertThat(read(OLDEST + PEER_EPOCH + "00000001 00000002 6869"))
                .isEqualTo(new Notification(PeerState.FOLLOWING, 3, Zxid.of(5, 2), 9, 6, 1, null));
    }

    @Test
    void everyOtherSizeIsMalformed() {
        byte[] whole = Hex.bytes(OLDEST + PEER_EPOCH + "00000002 00000002 6869");
        for (int length = 0; length < whole.length; length++) {
            if (length != 28 && length != 40) {
                String part = Hex.text(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(MalformedException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "80000000", "00000003", "7fffffff"})
    void aConfigurationOfImpossibleLengthIsMalformed(String length) {
        assertThatThrownBy(() -> read(OLDEST + PEER_EPOCH + "00000002" + length + "6869"))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000004", "ffffffff", "7fffffff"})
    void anUnknownStateIsMalformed(String state) {
        assertThatThrownBy(() -> read(state + OLDEST.substring(8))).isInstanceOf(MalformedException.class);
    }

    @Test
    void statesHaveTheirNumbers() {
        assertThat(PeerState.values())
                .containsExactly(PeerState.LOOKING, PeerState.FOLLOWING, PeerState.LEADING, PeerState.OBSERVING);
        for (PeerState state : PeerState.values()) {
            assertThat(PeerState.of(state.code())).isSameAs(state);
            assertThat(state.code()).isEqualTo(state.ordinal());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', -1", "000000, -1", "00000001, -1", "00000002 68, -1", "00000002 6869, 6", "00000002 6869 00, 6"})
    void aFrameIsThereWithItsLastByte(String hex, int length) {
        byte[] bytes = Hex.bytes(hex);
        assertThat(ElectionFrames.length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(length);
    }

    @Test
    void framesOfTheGreatestLengthPass() {
        assertThat(frame("00080000")).isEqualTo(ElectionFrames.MORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ffffffff", "80000000", "00080001", "7fffffff"})
    void framesOfOtherLengthsAreRefusedAtOnce(String length) {
        assertThatThrownBy(() -> frame(length)).isInstanceOf(MalformedException.class);
    }

    private static int frame(String hex) {
        return ElectionFrames.length(new UnsafeBuffer(Hex.bytes(hex)), 0, Integer.BYTES);
    }

    private static Notification read(String hex) {
        return Notification.read(Codec.reader(Hex.bytes(hex)));
    }
}
