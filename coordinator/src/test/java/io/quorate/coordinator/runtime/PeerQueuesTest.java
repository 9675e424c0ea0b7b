package io.quorate.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other members send is kept for the core in bounds. */
final class PeerQueuesTest {

    private static final int MEGABYTE = 1 << 20;

    private static Event packet(long zxid, int bytes) {
        return new Event.LinkPacket(null, QuorumPacket.proposal(zxid, new byte[bytes]));
    }

    @Test
    void packetsAreTakenUpToANumberOfBytesAndInOrder() {
        LinkEvents events = new LinkEvents();
        int taken = 0;
        while (events.offer(packet(taken, MEGABYTE))) {
            taken++;
        }
        assertThat(taken).isBetween(60, 68);
        for (int i = 0; i < taken; i++) {
            assertThat(((Event.LinkPacket) events.poll()).packet().zxid()).isEqualTo(i);
        }
        assertThat(events.poll()).isNull();
        assertThat(events.offer(packet(0, MEGABYTE))).isTrue();
    }

    @Test
    void smallOnesAndPartsOfSnapshotsCountToo() {
        LinkEvents events = new LinkEvents();
        int taken = 0;
        while (events.offer(new Event.LinkPacket(null, QuorumPacket.commit(taken)))) {
            taken++;
        }
        assertThat(taken).isLessThan(MEGABYTE);
        while (events.poll() != null) {
            // makes room
        }
        SnapshotPart node = new SnapshotPart.NodePart("/a", new byte[MEGABYTE], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        taken = 0;
        while (events.offer(new Event.LinkPart(null, node))) {
            taken++;
        }
        assertThat(taken).isBetween(60, 68);
    }

    @Test
    void theBeginningAndTheEndOfALinkAreAlwaysTakenInTheirPlace() {
        LinkEvents events = new LinkEvents();
        Link link = null;
        assertThat(events.offer(new Event.LinkAccepted(link))).isTrue();
        int taken = 0;
        while (events.offer(packet(taken, MEGABYTE))) {
            taken++;
        }
        assertThat(events.offer(new Event.LinkPartsEnd(link))).isFalse();
        assertThat(events.offer(new Event.LinkGone(link))).isTrue();
        List<Event> all = new ArrayList<>();
        while (!events.isEmpty()) {
            all.add(events.poll());
        }
        assertThat(all).hasSize(taken + 2);
        assertThat(all.get(0)).isInstanceOf(Event.LinkAccepted.class);
        assertThat(all.get(taken + 1)).isInstanceOf(Event.LinkGone.class);
    }

    @Test
    void ofTooManyNotificationsTheOldestGo() {
        NotificationQueue queue = new NotificationQueue();
        for (int i = 0; i < 1000; i++) {
            queue.offer(new Event.PeerNotified(i, new Notification(PeerState.LOOKING, 1, 0, 1, 0, "")));
        }
        List<Long> kept = new ArrayList<>();
        while (!queue.isEmpty()) {
            kept.add(((Event.PeerNotified) queue.poll()).from());
        }
        assertThat(kept).hasSizeBetween(100, 200).isSorted().last().isEqualTo(999L);
    }
}
