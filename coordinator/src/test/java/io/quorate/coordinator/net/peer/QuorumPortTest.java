package io.quorate.coordinator.net.peer;

import static io.quorate.coordinator.net.peer.PeerFixture.awaitThat;
import static io.quorate.coordinator.net.peer.PeerFixture.capture;
import static io.quorate.coordinator.net.peer.PeerFixture.freeAddress;
import static io.quorate.coordinator.net.peer.PeerFixture.isClosed;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.peer.PeerFixture.Events;
import io.quorate.coordinator.zab.Link;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.quorum.ElectionHello.Address;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuorumPortTest {

    private final PeerFixture servers = new PeerFixture(1, 2);
    private final Events leader = new Events();
    private final Events learner = new Events();

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    private static QuorumPacket info() {
        return QuorumPacket.followerInfo(0, new LearnerInfo(2, LearnerInfo.PROTOCOL_VERSION, 0));
    }

    /** A link from 2 to 1, introduced; the leader's end of it. */
    private Link introduced(QuorumPort from, Link link) {
        link.send(info());
        from.flush();
        awaitThat(() -> !leader.of(Event.LinkPacket.class).isEmpty());
        return leader.of(Event.LinkAccepted.class).get(0).link();
    }

    private static List<PacketType> types(Events events) {
        return events.of(Event.LinkPacket.class).stream()
                .map(event -> event.packet().packetType())
                .toList();
    }

    @Test
    void packetsTravelBothWaysInOrder() throws Exception {
        QuorumPort first = servers.quorum(1, leader);
        QuorumPort second = servers.quorum(2, learner);
        Link out = second.connect(1);
        Link in = introduced(second, out);
        assertThat(leader.all.get(0)).isInstanceOf(Event.LinkAccepted.class);
        for (long zxid = 1; zxid <= 500; zxid++) {
            in.send(QuorumPacket.proposal(zxid, new byte[(int) zxid]));
            in.send(QuorumPacket.commit(zxid));
            first.flush();
        }
        awaitThat(() -> learner.all.size() == 1000);
        List<Event.LinkPacket> packets = learner.of(Event.LinkPacket.class);
        for (int i = 0; i < 500; i++) {
            assertThat(packets.get(2 * i).link()).isSameAs(out);
            assertThat(packets.get(2 * i).packet().zxid()).isEqualTo(i + 1);
            assertThat(packets.get(2 * i).packet().data()).hasSize(i + 1);
            assertThat(packets.get(2 * i + 1).packet().packetType()).isEqualTo(PacketType.COMMIT);
        }
        awaitThat(() -> in.unsentBytes() == 0);
    }

    @Test
    void aLinkIsGoneOnceOnBothSidesWhoeverClosesIt() throws Exception {
        servers.quorum(1, leader);
        QuorumPort second = servers.quorum(2, learner);
        Link out = second.connect(1);
        introduced(second, out);
        out.send(QuorumPacket.ack(7));
        out.close();
        out.close();
        out.send(QuorumPacket.ack(8));
        second.flush();
        awaitThat(() -> !leader.of(Event.LinkGone.class).isEmpty()
                && !learner.of(Event.LinkGone.class).isEmpty());
        out.close();
        second.flush();
        second.close();
        assertThat(types(leader)).containsExactly(PacketType.FOLLOWERINFO, PacketType.ACK);
        assertThat(leader.of(Event.LinkGone.class)).hasSize(1);
        assertThat(learner.all).containsExactly(new Event.LinkGone(out));
    }

    @Test
    void aLeaderThatIsNotThereIsTriedAFewTimes() throws Exception {
        QuorumPort second = servers.quorum(2, learner);
        Link link = second.connect(1);
        link.send(info());
        second.flush();
        awaitThat(() -> !learner.all.isEmpty());
        assertThat(learner.all).containsExactly(new Event.LinkGone(link));
        Link nobody = second.connect(99);
        awaitThat(() -> learner.all.size() == 2);
        assertThat(learner.all.get(1)).isEqualTo(new Event.LinkGone(nobody));
    }

    @Test
    void aLeaderThatComesBetweenTwoAttemptsIsReached() throws Exception {
        Events events = new Events();
        QuorumPort second = servers.quorum(2, learner);
        servers.move(
                1, new PeerSettings.Member(List.of(freeAddress(), servers.quorum(1)), List.of(servers.election(1))));
        QuorumPort third = servers.keep(new QuorumPort(servers.settings(2), servers.loops, events, servers.fatal::set));
        Link link = third.connect(1);
        link.send(info());
        third.flush();
        servers.quorum(1, leader);
        awaitThat(() -> types(leader).contains(PacketType.FOLLOWERINFO));
        assertThat(events.all).isEmpty();
        assertThat(learner.all).isEmpty();
        assertThat(second.addresses()).hasSize(1);
    }

    @Test
    void aCloseBeforeTheConnectionIsUpGivesItUp() throws Exception {
        QuorumPort second = servers.quorum(2, learner);
        Link link = second.connect(1);
        link.send(info());
        link.close();
        second.flush();
        awaitThat(() -> !learner.all.isEmpty());
        assertThat(learner.all).containsExactly(new Event.LinkGone(link));
    }

    /** Plays a leader with the bytes of a real one, in pieces of this size, and returns what the learner heard. */
    private Events played(String name, int pieceBytes) throws Exception {
        Events heard = new Events();
        try (ServerSocket listening =
                new ServerSocket(servers.quorum(1).port(), 1, InetAddress.getByName("127.0.0.1"))) {
            QuorumPort port =
                    servers.keep(new QuorumPort(servers.settings(2), servers.loops, heard, servers.fatal::set));
            Link link = port.connect(1);
            try (Socket socket = listening.accept()) {
                socket.setTcpNoDelay(true);
                byte[] bytes = capture(name);
                for (int at = 0; at < bytes.length; at += pieceBytes) {
                    socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
                }
            }
            awaitThat(() -> !heard.of(Event.LinkGone.class).isEmpty());
            assertThat(heard.all).last().isEqualTo(new Event.LinkGone(link));
        }
        return heard;
    }

    @Test
    void aCapturedDifferenceIsCutIntoPackets() throws Exception {
        for (int pieceBytes : new int[] {1, 7, 100_000}) {
            Events heard = played("quorum-diff-leader-to-learner.bin", pieceBytes);
            List<PacketType> types = types(heard);
            assertThat(types.subList(0, 2)).containsExactly(PacketType.LEADERINFO, PacketType.DIFF);
            assertThat(types)
                    .contains(PacketType.PROPOSAL, PacketType.COMMIT, PacketType.NEWLEADER, PacketType.UPTODATE);
            assertThat(types).doesNotContainNull();
        }
    }

    @Test
    void aCapturedSnapshotIsCutIntoPartsBetweenPackets() throws Exception {
        List<Event> whole = null;
        for (int pieceBytes : new int[] {1, 13, 100_000}) {
            Events heard = played("quorum-snap-leader-to-learner.bin", pieceBytes);
            List<PacketType> types = types(heard);
            assertThat(types.subList(0, 3))
                    .containsExactly(PacketType.LEADERINFO, PacketType.SNAP, PacketType.NEWLEADER);
            List<Event.LinkPart> parts = heard.of(Event.LinkPart.class);
            assertThat(parts.get(0).part()).isInstanceOf(SnapshotPart.SessionPart.class);
            assertThat(parts).anyMatch(part -> part.part() instanceof SnapshotPart.AclPart);
            assertThat(parts)
                    .anyMatch(part -> part.part() instanceof SnapshotPart.NodePart node
                            && node.path().equals("/a"));
            int end = index(heard.all, event -> event instanceof Event.LinkPartsEnd);
            int newLeader = index(
                    heard.all,
                    event -> event instanceof Event.LinkPacket arrived
                            && arrived.packet().packetType() == PacketType.NEWLEADER);
            assertThat(end).isEqualTo(newLeader - 1);
            whole = whole == null ? heard.all : whole;
            assertThat(heard.all).hasSameSizeAs(whole);
        }
    }

    private static int index(List<Event> events, Predicate<Event> wanted) {
        int index = 0;
        while (!wanted.test(events.get(index))) {
            index++;
        }
        return index;
    }

    /** Takes events only while there is room, which is made by hand. */
    private static final class NarrowInlet implements Inlet {

        final Events taken = new Events();
        final AtomicInteger room = new AtomicInteger();

        @Override
        public boolean offer(Event event) {
            if (event instanceof Event.LinkPacket && room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                return false;
            }
            return taken.offer(event);
        }
    }

    @Test
    void whatTheCoreHasNoRoomForWaitsInOrderAndThenInTheNetwork() throws Exception {
        NarrowInlet narrow = new NarrowInlet();
        narrow.room.set(1);
        QuorumPort first = servers.quorum(1, narrow);
        QuorumPort second = servers.quorum(2, learner);
        Link out = second.connect(1);
        out.send(info());
        int packets = 400;
        for (int zxid = 1; zxid <= packets; zxid++) {
            out.send(QuorumPacket.proposal(zxid, new byte[100_000]));
            second.flush();
        }
        awaitThat(() -> !narrow.taken.of(Event.LinkPacket.class).isEmpty());
        assertThat(out.unsentBytes()).isGreaterThan(10_000_000);
        int taken = 1;
        while (taken < packets + 1) {
            narrow.room.set(3);
            first.resume();
            int before = taken;
            int expected = Math.min(packets + 1, before + 3);
            awaitThat(() -> narrow.taken.of(Event.LinkPacket.class).size() >= expected || narrow.room.get() > 0);
            first.resume();
            awaitThat(() -> narrow.taken.of(Event.LinkPacket.class).size() >= expected);
            taken = narrow.taken.of(Event.LinkPacket.class).size();
        }
        List<Long> zxids = new ArrayList<>();
        narrow.taken
                .of(Event.LinkPacket.class)
                .forEach(event -> zxids.add(event.packet().zxid()));
        for (int zxid = 1; zxid <= packets; zxid++) {
            assertThat(zxids.get(zxid)).isEqualTo(zxid);
        }
        awaitThat(() -> out.unsentBytes() == 0);
    }

    @Test
    void chunksOfASnapshotKeepTheirPlaceBetweenPackets() throws Exception {
        QuorumPort first = servers.quorum(1, leader);
        Socket raw = servers.connect(servers.quorum(1));
        raw.getOutputStream().write(encoded(info()));
        awaitThat(() -> !leader.of(Event.LinkAccepted.class).isEmpty());
        Link link = leader.of(Event.LinkAccepted.class).get(0).link();
        link.send(QuorumPacket.snap(5));
        link.chunk(new byte[] {1, 2, 3, 99}, 3);
        link.chunk(new byte[] {4}, 1);
        link.send(QuorumPacket.newLeader(1, "x"));
        link.close();
        first.flush();
        byte[] snap = encoded(QuorumPacket.snap(5));
        byte[] newLeader = encoded(QuorumPacket.newLeader(1, "x"));
        ByteBuffer expected = ByteBuffer.allocate(snap.length + 4 + newLeader.length);
        expected.put(snap).put(new byte[] {1, 2, 3, 4}).put(newLeader);
        assertThat(raw.getInputStream().readAllBytes()).isEqualTo(expected.array());
    }

    private static byte[] encoded(QuorumPacket packet) {
        org.agrona.ExpandableArrayBuffer buffer = new org.agrona.ExpandableArrayBuffer();
        io.quorate.wire.jute.JuteWriter writer = new io.quorate.wire.jute.JuteWriter().wrap(buffer, 0);
        packet.write(writer);
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    @Test
    void nonsenseClosesThatLinkOnly() throws Exception {
        QuorumPort second = servers.quorum(2, learner);
        servers.quorum(1, leader);
        Link good = second.connect(1);
        introduced(second, good);
        Socket tooLong = servers.connect(servers.quorum(1));
        tooLong.getOutputStream()
                .write(ByteBuffer.allocate(16)
                        .putInt(11)
                        .putLong(0)
                        .putInt(5_000)
                        .array());
        Socket negative = servers.connect(servers.quorum(1));
        negative.getOutputStream()
                .write(ByteBuffer.allocate(16).putInt(11).putLong(0).putInt(-7).array());
        Socket later = servers.connect(servers.quorum(1));
        later.getOutputStream().write(encoded(info()));
        later.getOutputStream()
                .write(ByteBuffer.allocate(16)
                        .putInt(3)
                        .putLong(0)
                        .putInt(1 << 30)
                        .array());
        assertThat(isClosed(tooLong)).isTrue();
        assertThat(isClosed(negative)).isTrue();
        assertThat(isClosed(later)).isTrue();
        awaitThat(() -> leader.of(Event.LinkGone.class).size() == 1);
        // Who never said anything that can be read was never heard of.
        assertThat(leader.of(Event.LinkAccepted.class)).hasSize(2);
        good.send(QuorumPacket.ack(1));
        second.flush();
        awaitThat(() -> types(leader).contains(PacketType.ACK));
    }

    @Test
    void whoSendsNothingIsNotWaitedForLong() throws Exception {
        servers.quorum(1, leader);
        Socket silent = servers.connect(servers.quorum(1));
        Socket slow = servers.connect(servers.quorum(1));
        slow.getOutputStream().write(new byte[] {0, 0, 0});
        assertThat(isClosed(silent)).isTrue();
        assertThat(isClosed(slow)).isTrue();
        assertThat(leader.all).isEmpty();
    }

    @Test
    void connectionsFromOneAddressAreLimited() throws Exception {
        servers.quorum(1, leader);
        for (int i = 0; i < PeerFixture.PER_ADDRESS_MAX; i++) {
            Socket socket = servers.connect(servers.quorum(1));
            socket.getOutputStream().write(encoded(info()));
        }
        awaitThat(() -> leader.of(Event.LinkAccepted.class).size() == PeerFixture.PER_ADDRESS_MAX);
        Socket over = servers.connect(servers.quorum(1));
        assertThat(isClosed(over)).isTrue();
    }

    @Test
    void aPeerThatDoesNotReadIsNotWaitedForWhenItsLinkIsClosed() throws Exception {
        QuorumPort first = servers.quorum(1, leader);
        Socket raw = servers.connect(servers.quorum(1));
        raw.getOutputStream().write(encoded(info()));
        awaitThat(() -> !leader.of(Event.LinkAccepted.class).isEmpty());
        Link link = leader.of(Event.LinkAccepted.class).get(0).link();
        for (int i = 0; i < 100; i++) {
            link.send(QuorumPacket.proposal(i, new byte[200_000]));
        }
        first.flush();
        awaitThat(() -> link.unsentBytes() > 1_000_000);
        link.close();
        first.flush();
        awaitThat(() -> !leader.of(Event.LinkGone.class).isEmpty());
        awaitThat(() -> link.unsentBytes() == 0);
    }

    @Test
    void aSnapOnALinkThatWasAcceptedIsOnlyAPacket() throws Exception {
        servers.quorum(1, leader);
        Socket raw = servers.connect(servers.quorum(1));
        raw.getOutputStream().write(encoded(info()));
        raw.getOutputStream().write(encoded(QuorumPacket.snap(3)));
        raw.getOutputStream().write(encoded(QuorumPacket.ack(4)));
        awaitThat(() -> types(leader).contains(PacketType.ACK));
        assertThat(types(leader)).containsExactly(PacketType.FOLLOWERINFO, PacketType.SNAP, PacketType.ACK);
    }

    @Test
    void namesAreLookedUp() throws Exception {
        servers.move(
                1,
                new PeerSettings.Member(
                        List.of(new Address("localhost", servers.quorum(1).port())), List.of(servers.election(1))));
        servers.quorum(1, leader);
        QuorumPort second = servers.quorum(2, learner);
        introduced(second, second.connect(1));
        servers.move(
                1,
                new PeerSettings.Member(List.of(new Address("no-such-host.invalid", 1)), List.of(servers.election(1))));
        QuorumPort third =
                servers.keep(new QuorumPort(servers.settings(2), servers.loops, learner, servers.fatal::set));
        Link nowhere = third.connect(1);
        awaitThat(() -> learner.all.contains(new Event.LinkGone(nowhere)));
    }

    /** Raw bytes of a packet read back, as a check of this test's own encoder. */
    @Test
    void theEncoderOfThisTestWritesPackets() throws IOException {
        byte[] bytes = encoded(info());
        QuorumPacket back = QuorumPacket.read(new JuteReader().wrap(new UnsafeBuffer(bytes), 0, bytes.length));
        assertThat(back.packetType()).isEqualTo(PacketType.FOLLOWERINFO);
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(bytes))) {
            assertThat(in.readInt()).isEqualTo(11);
        }
    }
}
