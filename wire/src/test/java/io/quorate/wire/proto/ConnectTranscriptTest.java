package io.quorate.wire.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Frames;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import org.junit.jupiter.api.Test;

/** Frames of connect exchanges that a 3.9.5 server took part in (client-protocol sections 13.1 to 13.3). */
class ConnectTranscriptTest {
    private static final String PASSWORD = "d1a0bc7e8a700dba97b20d5ee3fc1e85";
    private static final String ZEROS = "00000000000000000000000000000000";

    @Test
    void aNewSessionWithTheReadOnlyByte() {
        ConnectRequest request = Frames.record(
                "0000002d | 00000000 | 0000000000000000 | 00002710 | 0000000000000000 | 00000010" + ZEROS + "| 00",
                ConnectRequest::read);
        assertThat(request.timeoutMillis()).isEqualTo(10_000);
        assertThat(request.hasReadOnly()).isTrue();
        assertThat(request.readOnly()).isFalse();
        assertThat(request.password()).hasSize(16);
        ConnectResponse response = Frames.record(
                "00000025 | 00000000 | 00002710 | 0100001616050000 | 00000010" + PASSWORD + "| 00",
                ConnectResponse::read);
        assertThat(response.timeoutMillis()).isEqualTo(10_000);
        assertThat(response.sessionId()).isEqualTo(0x0100001616050000L);
        assertThat(Hex.text(response.password())).isEqualTo(PASSWORD);
        assertThat(response.hasReadOnly()).isTrue();
    }

    @Test
    void aNewSessionWithoutTheReadOnlyByte() {
        ConnectRequest request = Frames.record(
                "0000002c | 00000000 | 0000000000000000 | 00002710 | 0000000000000000 | 00000010" + ZEROS,
                ConnectRequest::read);
        assertThat(request.hasReadOnly()).isFalse();
        assertThat(request.readOnly()).isFalse();
        ConnectResponse response = Frames.record(
                "00000024 | 00000000 | 00002710 | 0100001616050001 | 00000010 e4c1b67e2abcecfe8cf57489b7853352",
                ConnectResponse::read);
        assertThat(response.hasReadOnly()).isFalse();
    }

    @Test
    void aResumedAndARefusedSession() {
        ConnectRequest resume = Frames.record(
                "0000002d | 00000000 | 0000000000000000 | 00001388 | 0100001616050000 | 00000010" + PASSWORD + "| 00",
                ConnectRequest::read);
        assertThat(resume.sessionId()).isEqualTo(0x0100001616050000L);
        assertThat(Hex.text(resume.password())).isEqualTo(PASSWORD);
        Frames.record(
                "00000025 | 00000000 | 00001388 | 0100001616050000 | 00000010" + PASSWORD + "| 00",
                ConnectResponse::read);
        Frames.record(
                "0000002d | 00000000 | 0000000000000000 | 00002710 | 0000000000001234 | 00000010 "
                        + "01010101010101010101010101010101 | 00",
                ConnectRequest::read);
        ConnectResponse refused = Frames.record(
                "00000025 | 00000000 | 00000000 | 0000000000000000 | 00000010" + ZEROS + "| 00", ConnectResponse::read);
        assertThat(refused.timeoutMillis()).isZero();
        assertThat(refused.sessionId()).isZero();
    }

    @Test
    void aReadOnlyServerAnswersWithOne() {
        ConnectResponse response = Frames.record(
                "00000025 | 00000000 | 00002710 | 0100001616050000 | 00000010" + PASSWORD + "| 01",
                ConnectResponse::read);
        assertThat(response.readOnly()).isTrue();
    }

    @Test
    void aRequestShorterThanItsFixedPartIsMalformed() {
        byte[] twentySeven = new byte[27];
        assertThatThrownBy(() -> ConnectRequest.read(Codec.reader(twentySeven))).isInstanceOf(MalformedException.class);
    }

    @Test
    void aNullPasswordAndWhateverFollowsTheReadOnlyByteAreAccepted() {
        ConnectRequest request = ConnectRequest.read(Codec.reader(
                Hex.bytes("00000007 | 0000000000000005 | 00002710 | 0000000000000000 | ffffffff | 02 | abcdef")));
        assertThat(request.protocolVersion()).isEqualTo(7);
        assertThat(request.lastZxidSeen()).isEqualTo(5);
        assertThat(request.password()).isNull();
        assertThat(request.readOnly()).isTrue();
    }
}
