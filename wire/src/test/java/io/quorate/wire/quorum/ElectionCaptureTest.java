package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.JuteReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The election port as 3.9.5 servers use it (quorum protocol specification, sections 2, 3 and 21.1). */
class ElectionCaptureTest {
    private static final String CONFIG = "server.1=127.0.0.1:47321:47331:participant\n"
            + "server.2=127.0.0.1:47322:47332:participant\n"
            + "server.3=127.0.0.1:47323:47333:participant\nversion=0";

    @Test
    void theInitiatorSaysWhoItIsAndVotesForItself() {
        byte[] bytes = Captures.bytes("election-initiator-sid3-to-sid1");
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        int length = ElectionHello.length(buffer, 0, bytes.length);
        ElectionHello hello = ElectionHello.read(new JuteReader().wrap(buffer, 0, length));
        assertThat(hello)
                .isEqualTo(new ElectionHello(
                        ElectionHello.ONE_ADDRESS, 3, List.of(new ElectionHello.Address("127.0.0.1", 47333))));
        List<Notification> notifications = notifications(bytes, length);
        assertThat(notifications).containsExactly(new Notification(PeerState.LOOKING, 3, 0, 1, 0, CONFIG));
        assertThat(Hex.text(encode(hello, notifications))).isEqualTo(Hex.text(bytes));
    }

    @Test
    void theAcceptorVotesForItselfAndThenForTheGreaterSid() {
        byte[] bytes = Captures.bytes("election-acceptor-sid1-to-sid3");
        List<Notification> notifications = notifications(bytes, 0);
        assertThat(notifications)
                .containsExactly(
                        new Notification(PeerState.LOOKING, 1, 0, 1, 0, CONFIG),
                        new Notification(PeerState.LOOKING, 3, 0, 1, 0, CONFIG));
        assertThat(Hex.text(encode(null, notifications))).isEqualTo(Hex.text(bytes));
    }

    private static List<Notification> notifications(byte[] bytes, int offset) {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        List<Notification> notifications = new ArrayList<>();
        for (int start = offset; start < bytes.length; ) {
            int length = ElectionFrames.length(buffer, start, bytes.length - start);
            assertThat(length).isPositive();
            JuteReader reader = new JuteReader()
                    .wrap(buffer, start + ElectionFrames.HEADER_BYTES, length - ElectionFrames.HEADER_BYTES);
            notifications.add(Notification.read(reader));
            assertThat(reader.remaining()).isZero();
            start += length;
        }
        return notifications;
    }

    private static byte[] encode(ElectionHello helloOrNull, List<Notification> notifications) {
        return Codec.encode(writer -> {
            if (helloOrNull != null) {
                helloOrNull.write(writer);
            }
            for (Notification notification : notifications) {
                writer.writeBuffer(Codec.encode(notification));
            }
        });
    }
}
