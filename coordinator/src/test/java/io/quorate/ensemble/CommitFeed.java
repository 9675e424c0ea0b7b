package io.quorate.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SessionTouches;
import io.quorate.wire.quorum.SnapshotStream;
import io.quorate.wire.txn.TxnEntry;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hears every transaction that an ensemble commits, once and in order, as an observer of the quorum protocol does (quorum protocol
 * specification, sections 7 and 15): it learns from whoever leads, and after a change of the leader goes on where it was. It asks
 * for nothing and keeps nothing, so that servers do not work otherwise for it.
 *
 * <p>Must be opened before the first transaction that counts: what came before is passed over. Servers must be told to keep enough
 * transactions in memory ({@code commitLogCount}) that a learner that was away for some seconds is sent what it missed.
 */
public final class CommitFeed implements AutoCloseable {
    /** No member's number. */
    private static final long SID = 99;

    private static final int READ_LIMIT_MILLIS = 30_000;
    private static final int AGAIN_MILLIS = 100;

    private final EnsembleProcesses ensemble;
    private final Consumer<TxnEntry> sink;
    private final Thread thread = new Thread(this::learn, "commit-feed");
    private volatile Throwable failure;
    private volatile boolean closed;
    private volatile boolean current;
    private volatile long last;
    private volatile Socket socket;

    private CommitFeed(EnsembleProcesses ensemble, Consumer<TxnEntry> sink) {
        this.ensemble = ensemble;
        this.sink = sink;
    }

    /**
     * Begins to listen, and returns when it is in the picture.
     *
     * @param sink is given the transactions, on a thread of the feed's own; what it throws ends the feed
     */
    public static CommitFeed open(EnsembleProcesses ensemble, Consumer<TxnEntry> sink) {
        CommitFeed feed = new CommitFeed(ensemble, sink);
        feed.thread.setDaemon(true);
        feed.thread.start();
        EnsembleProcesses.await("a leader to learn from").until(() -> feed.current || feed.failure != null);
        feed.check();
        return feed;
    }

    /** Zxid of the last transaction that was heard of. */
    public long last() {
        return last;
    }

    /** Throws what the sink threw, or what is wrong with the history itself. */
    public void check() {
        if (failure != null) {
            throw new AssertionError("the history of transactions: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        Socket open = socket;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void learn() {
        while (!closed && failure == null) {
            try {
                Optional<Member> leader = ensemble.members().stream()
                        .filter(member -> member.mode().equals("leader"))
                        .findFirst();
                if (leader.isPresent()) {
                    follow(leader.get().quorumAddress());
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            } catch (IOException e) {
                // The leader is gone, or is none any more: there will be another one.
                current = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | AssertionError e) {
                failure = e;
            }
        }
    }

    private void follow(InetSocketAddress leader) throws IOException {
        try (Socket connection = new Socket(leader.getAddress(), leader.getPort())) {
            connection.setTcpNoDelay(true);
            connection.setSoTimeout(READ_LIMIT_MILLIS);
            socket = connection;
            new Lesson(connection).run();
        } finally {
            disconnect();
        }
    }

    private void heard(byte[] transaction) {
        JuteReader reader = new JuteReader().wrap(new UnsafeBuffer(transaction), 0, transaction.length);
        TxnEntry entry = TxnEntry.read(reader);
        long zxid = entry.header().zxid();
        if (zxid <= last) {
            throw new AssertionError("zxid 0x" + Long.toHexString(zxid) + " after 0x" + Long.toHexString(last));
        }
        sink.accept(entry);
        last = zxid;
    }

    /** What is said on one connection. */
    private final class Lesson {
        private final Socket connection;
        private final DataInputStream in;
        private final Map<Long, byte[]> proposed = new LinkedHashMap<>();
        /** Committed as far as the leader says, which counts when a quorum follows it. */
        private final List<byte[]> committed = new ArrayList<>();

        private boolean taught;

        Lesson(Socket connection) throws IOException {
            this.connection = connection;
            this.in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
        }

        void run() throws IOException {
            send(QuorumPacket.observerInfo(0, new LearnerInfo(SID, LearnerInfo.PROTOCOL_VERSION, 0)));
            while (!closed) {
                QuorumPacket packet = read();
                if (packet.packetType() != null) {
                    take(packet);
                }
            }
        }

        private void take(QuorumPacket packet) throws IOException {
            switch (packet.packetType()) {
                case LEADERINFO -> send(QuorumPacket.ackEpoch(last, new EpochAck(EpochAck.SAME_EPOCH)));
                case SNAP -> skipSnapshot(packet.zxid());
                case TRUNC -> {
                    if (packet.zxid() < last) {
                        throw new AssertionError("a committed transaction is taken back: " + packet);
                    }
                }
                case PROPOSAL -> proposed.put(packet.zxid(), packet.data());
                case COMMIT -> commit(proposed.remove(packet.zxid()));
                case INFORM -> commit(packet.data());
                case NEWLEADER -> send(QuorumPacket.ack(packet.zxid()));
                case UPTODATE -> {
                    taught = true;
                    committed.forEach(CommitFeed.this::heard);
                    committed.clear();
                    current = true;
                }
                case PING -> {
                    if (taught) {
                        send(QuorumPacket.pingReply(packet.zxid(), new SessionTouches(List.of())));
                    }
                }
                case DIFF,
                        REQUEST,
                        ACK,
                        REVALIDATE,
                        SYNC,
                        COMMITANDACTIVATE,
                        FOLLOWERINFO,
                        OBSERVERINFO,
                        ACKEPOCH,
                        INFORMANDACTIVATE -> {}
            }
        }

        private void commit(byte[] transaction) {
            if (taught) {
                heard(transaction);
            } else {
                committed.add(transaction);
            }
        }

        /** At the very beginning it holds what is of no interest; later it would be a hole. */
        private void skipSnapshot(long zxid) throws IOException {
            if (last != 0) {
                throw new AssertionError(
                        "the feed was away for too long: it is sent a snapshot instead of what it missed");
            }
            for (int sessions = in.readInt(); sessions > 0; sessions--) {
                in.skipNBytes(Long.BYTES + Integer.BYTES);
            }
            for (int acls = in.readInt(); acls > 0; acls--) {
                in.readLong();
                for (int entries = in.readInt(); entries > 0; entries--) {
                    in.readInt();
                    buffer();
                    buffer();
                }
            }
            while (!new String(buffer(), UTF_8).equals(SnapshotStream.TERMINATOR)) {
                buffer();
                in.skipNBytes(7 * Long.BYTES + 3 * Integer.BYTES);
            }
            buffer();
            last = zxid;
        }

        private QuorumPacket read() throws IOException {
            int type = in.readInt();
            long zxid = in.readLong();
            byte[] data = buffer();
            for (int identities = in.readInt(); identities > 0; identities--) {
                buffer();
                buffer();
            }
            return new QuorumPacket(type, zxid, data, null);
        }

        private byte[] buffer() throws IOException {
            int length = in.readInt();
            return length < 0 ? null : in.readNBytes(length);
        }

        private void send(QuorumPacket packet) throws IOException {
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            JuteWriter writer = new JuteWriter().wrap(buffer, 0);
            packet.write(writer);
            byte[] bytes = new byte[writer.position()];
            buffer.getBytes(0, bytes);
            connection.getOutputStream().write(bytes);
        }
    }
}
