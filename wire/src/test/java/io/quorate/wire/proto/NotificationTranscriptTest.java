package io.quorate.wire.proto;

import static io.quorate.wire.Frames.answered;
import static io.quorate.wire.Frames.asked;
import static io.quorate.wire.Frames.notified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Frames.Notified;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watch notifications of a 3.9.5 server (client-protocol sections 11 and 13.11). */
class NotificationTranscriptTest {
    static void assertNotification(String frame, long zxid, WatchedEvent event) {
        assertThat(notified(frame)).isEqualTo(new Notified(new ReplyHeader(-1, zxid, 0), event));
    }

    @Test
    void setWatchesWithMissedEvents() {
        assertThat(asked("0000005e | fffffff8 00000065 | 000000000000010c"
                                + "| 00000003 00000003 2f7377 00000004 2f737732 00000005 2f676f6e65"
                                + "| 00000002 00000003 2f7377 00000007 2f6e6f74796574"
                                + "| 00000003 00000003 2f7377 00000004 2f737732 00000005 2f676f6e65")
                        .request())
                .isEqualTo(new SetWatchesRequest(
                        0x10c,
                        List.of("/sw", "/sw2", "/gone"),
                        List.of("/sw", "/notyet"),
                        List.of("/sw", "/sw2", "/gone"),
                        List.of(),
                        List.of()));
        String shortFrame = "0000001f | ffffffff ffffffffffffffff 00000000 |";
        String longFrame = "00000021 | ffffffff ffffffffffffffff 00000000 |";
        String sw = "00000003 00000003 2f7377";
        String gone = "00000003 00000005 2f676f6e65";
        assertNotification(shortFrame + "00000003" + sw, -1, new WatchedEvent(EventType.NODE_DATA_CHANGED, "/sw"));
        assertNotification(longFrame + "00000002" + gone, -1, new WatchedEvent(EventType.NODE_DELETED, "/gone"));
        assertNotification(shortFrame + "00000001" + sw, -1, new WatchedEvent(EventType.NODE_CREATED, "/sw"));
        assertNotification(shortFrame + "00000004" + sw, -1, new WatchedEvent(EventType.NODE_CHILDREN_CHANGED, "/sw"));
        answered(OpCode.SET_WATCHES, "00000010 | fffffff8 000000000000010f 00000000");
    }

    @Test
    void anEventOfAnUnknownTypeIsMalformed() {
        assertThatThrownBy(() -> WatchedEvent.read(Codec.reader(Hex.bytes("00000008 00000003 00000001 2f"))))
                .isInstanceOf(MalformedException.class);
    }
}
