package io.quorate.coordinator.net.peer;

import static io.quorate.coordinator.net.peer.PeerFixture.awaitThat;
import static io.quorate.coordinator.net.peer.PeerFixture.capture;
import static io.quorate.coordinator.net.peer.PeerFixture.freeAddress;
import static io.quorate.coordinator.net.peer.PeerFixture.hello;
import static io.quorate.coordinator.net.peer.PeerFixture.isClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.net.peer.PeerFixture.Events;
import io.quorate.wire.quorum.ElectionHello;
import io.quorate.wire.quorum.ElectionHello.Address;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ElectionTransportTest {

    private static final int FRAMES_CAPTURED = 1;
    private static final String CONFIG = "server.1=h:1:2:participant\nversion=0";

    private final PeerFixture servers = new PeerFixture(1, 2, 3);
    private final Events one = new Events();
    private final Events three = new Events();

    @AfterEach
    void close() throws Exception {
        servers.close();
    }

    private static Notification vote(long zxid) {
        return new Notification(PeerState.LOOKING, 3, zxid, 1, 0, CONFIG);
    }

    private static void awaitVote(Events at, long from, long zxid) {
        awaitThat(() -> at.all.contains(new Event.PeerNotified(from, vote(zxid))));
    }

    @Test
    void votesTravelBothWaysWhoeverBegins() throws Exception {
        ElectionTransport first = servers.election(1, one);
        ElectionTransport third = servers.election(3, three);
        first.send(3, vote(10));
        awaitVote(three, 1, 10);
        third.send(1, vote(30));
        awaitVote(one, 3, 30);
        first.send(3, vote(11));
        awaitVote(three, 1, 11);
    }

    @Test
    void onlyTheNewestWaitsForAServerThatIsNotThere() throws Exception {
        ElectionTransport third = servers.election(3, three);
        third.send(1, vote(1));
        third.send(1, vote(2));
        third.send(1, vote(3));
        servers.election(1, one);
        awaitVote(one, 3, 3);
        assertThat(one.all).containsExactly(new Event.PeerNotified(3, vote(3)));
    }

    @Test
    void theCoreHearsThatNobodyListensWhicheverWayItDials() throws Exception {
        servers.election(3, three).send(1, vote(1));
        awaitThat(() -> three.all.contains(new Event.PeerAbsent(1)));
        servers.election(1, one).send(2, vote(1));
        awaitThat(() -> one.all.contains(new Event.PeerAbsent(2)));
    }

    /** The leader died, and its follower asked it for its vote before the end of their connection was known. */
    @Test
    void theCoreHearsThatNobodyListensAnyMoreWithoutAskingOnceMore() throws Exception {
        ElectionTransport third = servers.election(3, three);
        ElectionTransport first = servers.election(1, one);
        third.send(1, vote(1));
        awaitVote(one, 3, 1);
        long up = System.nanoTime();
        awaitThat(() -> System.nanoTime() - up > TimeUnit.MILLISECONDS.toNanos(1_100));
        third.send(1, vote(2));
        awaitVote(one, 3, 2);
        first.close();
        awaitThat(() -> three.all.contains(new Event.PeerAbsent(1)));
    }

    @Test
    void theLastMessageIsSentAgainToAServerThatCameBack() throws Exception {
        ElectionTransport third = servers.election(3, three);
        ElectionTransport first = servers.election(1, one);
        third.send(1, vote(5));
        awaitVote(one, 3, 5);
        first.close();
        Events again = new Events();
        ElectionTransport restarted = servers.election(1, again);
        restarted.send(3, vote(7));
        awaitVote(three, 1, 7);
        awaitVote(again, 3, 5);
    }

    /** What a real server with a larger number sent, in the smallest pieces that there are. */
    @Test
    void aCapturedConnectionIsUnderstoodByteByByte() throws Exception {
        servers.election(1, one);
        Socket socket = servers.connect(servers.election(1));
        for (byte piece : capture("election-initiator-sid3-to-sid1.bin")) {
            socket.getOutputStream().write(piece);
        }
        awaitThat(() -> one.all.size() == FRAMES_CAPTURED);
        List<Event.PeerNotified> heard = one.of(Event.PeerNotified.class);
        assertThat(heard).allSatisfy(event -> assertThat(event.from()).isEqualTo(3));
        assertThat(heard.get(0).notification().state()).isEqualTo(PeerState.LOOKING);
        assertThat(heard.get(0).notification().config()).endsWith("version=0");
    }

    @Test
    void theFirstMessageIsWhatARealServerSends() throws Exception {
        Address own = new Address("127.0.0.1", servers.election(3).port());
        try (ServerSocket other = new ServerSocket(servers.election(1).port(), 1, InetAddress.getByName("127.0.0.1"))) {
            ElectionTransport third = servers.election(3, three);
            third.send(1, vote(9));
            try (Socket socket = other.accept()) {
                byte[] expected = hello(ElectionHello.ONE_ADDRESS, 3, own);
                assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] payload = new byte[in.readInt()];
                in.readFully(payload);
                assertThat(payload).hasSize(44 + CONFIG.length());
                assertThat(ByteBuffer.wrap(payload).getLong(12)).isEqualTo(9);
            }
        }
    }

    @Test
    void aServerWithASmallerNumberIsCalledBackWhereItSaysItIs() throws Exception {
        servers.election(3, three);
        Address elsewhere = freeAddress();
        try (ServerSocket listening = new ServerSocket(elsewhere.port(), 1, InetAddress.getByName(elsewhere.host()))) {
            Socket knock = servers.connect(servers.election(3));
            knock.getOutputStream().write(hello(ElectionHello.MANY_ADDRESSES, 1, elsewhere));
            assertThat(isClosed(knock)).isTrue();
            try (Socket back = listening.accept()) {
                byte[] expected = hello(ElectionHello.ONE_ADDRESS, 3, servers.election(3));
                assertThat(back.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
            }
        }
    }

    @Test
    void aNewConnectionTakesThePlaceOfTheOneBefore() throws Exception {
        ElectionTransport first = servers.election(1, one);
        Socket before = servers.connect(servers.election(1));
        before.getOutputStream().write(hello(ElectionHello.ONE_ADDRESS, 3, servers.election(3)));
        first.send(3, vote(1));
        assertThat(new DataInputStream(before.getInputStream()).readInt()).isEqualTo(44 + CONFIG.length());
        Socket now = servers.connect(servers.election(1));
        now.getOutputStream().write(hello(ElectionHello.ONE_ADDRESS, 3, servers.election(3)));
        assertThat(isClosed(before)).isTrue();
        assertThat(new DataInputStream(now.getInputStream()).readInt()).isEqualTo(44 + CONFIG.length());
    }

    @Test
    void aFirstMessageThatIsNoneClosesThatConnectionOnly() throws Exception {
        servers.election(1, one);
        List<byte[]> messages = new ArrayList<>();
        messages.add(longs(-65534, 3));
        messages.add(longs(Long.MIN_VALUE, 3));
        messages.add(withText(0, ""));
        messages.add(withText(-1, ""));
        messages.add(withText(2049, "x"));
        messages.add(withText(Integer.MAX_VALUE, "x"));
        messages.add(withText(7, "no port"));
        messages.add(withText(5, "h:bad"));
        messages.add(withText(8, "h:999999"));
        messages.add(withText(4, "\u0000\u0001\u0002\u0003"));
        messages.add(hello(ElectionHello.ONE_ADDRESS, -5, servers.election(3)));
        messages.add(hello(ElectionHello.ONE_ADDRESS, 1, servers.election(1)));
        for (byte[] message : messages) {
            Socket socket = servers.connect(servers.election(1));
            socket.getOutputStream().write(message);
            assertThat(isClosed(socket)).isTrue();
        }
        ElectionTransport third = servers.election(3, three);
        third.send(1, vote(4));
        awaitVote(one, 3, 4);
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static byte[] withText(int length, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(20 + text.length());
        bytes.putLong(ElectionHello.ONE_ADDRESS).putLong(3).putInt(length);
        text.chars().forEach(character -> bytes.put((byte) character));
        return bytes.array();
    }

    @Test
    void whoDoesNotSayWhoHeIsIsNotWaitedForLong() throws Exception {
        servers.election(1, one);
        Socket silent = servers.connect(servers.election(1));
        Socket half = servers.connect(servers.election(1));
        half.getOutputStream().write(longs(ElectionHello.ONE_ADDRESS));
        assertThat(isClosed(silent)).isTrue();
        assertThat(isClosed(half)).isTrue();
    }

    @Test
    void aNotificationThatIsNoneIsIgnoredAndAFrameThatIsNoneClosesTheConnection() throws Exception {
        servers.election(1, one);
        Socket socket = servers.connect(servers.election(1));
        OutputStream out = socket.getOutputStream();
        out.write(hello(ElectionHello.ONE_ADDRESS, 3, servers.election(3)));
        frame(out, new byte[5]);
        byte[] oddState = new byte[40];
        oddState[3] = 9;
        frame(out, oddState);
        frame(out, new byte[40]);
        awaitThat(() -> !one.all.isEmpty());
        assertThat(one.of(Event.PeerNotified.class).get(0).notification().state())
                .isEqualTo(PeerState.LOOKING);
        out.write(ByteBuffer.allocate(4).putInt(524_289).array());
        assertThat(isClosed(socket)).isTrue();
        assertThat(one.all).hasSize(1);
    }

    private static void frame(OutputStream out, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(4).putInt(payload.length).array());
        out.write(payload);
    }

    /** An observer that is about to be added writes first, and is answered on its own connection. */
    @Test
    void aServerThatIsNoMemberIsAnsweredAndForgotten() throws Exception {
        ElectionTransport first = servers.election(1, one);
        Socket stranger = servers.connect(servers.election(1));
        stranger.getOutputStream().write(hello(ElectionHello.ONE_ADDRESS, 77, freeAddress()));
        frame(stranger.getOutputStream(), new byte[40]);
        awaitThat(() -> !one.all.isEmpty());
        assertThat(one.of(Event.PeerNotified.class).get(0).from()).isEqualTo(77);
        first.send(77, vote(1));
        assertThat(new DataInputStream(stranger.getInputStream()).readInt()).isEqualTo(44 + CONFIG.length());
    }

    @Test
    void connectionsFromOneAddressAreLimited() throws Exception {
        servers.election(1, one);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < PeerFixture.PER_ADDRESS_MAX; i++) {
            Socket socket = servers.connect(servers.election(1));
            socket.getOutputStream().write(hello(ElectionHello.ONE_ADDRESS, 10 + i, freeAddress()));
            sockets.add(socket);
            frame(socket.getOutputStream(), new byte[40]);
        }
        awaitThat(() -> one.all.size() == PeerFixture.PER_ADDRESS_MAX);
        assertThat(isClosed(servers.connect(servers.election(1)))).isTrue();
        sockets.get(0).close();
        awaitThat(() -> {
            try {
                Socket socket = servers.connect(servers.election(1));
                socket.getOutputStream().write(hello(ElectionHello.ONE_ADDRESS, 10, freeAddress()));
                frame(socket.getOutputStream(), new byte[40]);
                socket.setSoTimeout(50);
                return !isClosed(socket);
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(servers.election(1).port(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> servers.election(1, one))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Address already in use");
        }
    }
}
