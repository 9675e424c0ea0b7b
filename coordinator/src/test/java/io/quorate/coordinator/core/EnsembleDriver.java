package io.quorate.coordinator.core;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.Ensemble;
import io.quorate.coordinator.zab.Learner;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.Members;
import io.quorate.coordinator.zab.Service;
import io.quorate.coordinator.zab.ZabSettings;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A leader and two learners, each a real core, with a quorum between them that the test plays: what they send each other
 * arrives, and what is proposed is committed, when the test says so.
 */
final class EnsembleDriver {

    static final int LEADER = 1;
    static final int LEARNER = 2;
    static final int OTHER = 3;

    static final String CONFIG = "server.1=127.0.0.1:1:2:participant\nversion=a";

    private final List<Member> members = new ArrayList<>();
    private final Deque<Proposal> proposals = new ArrayDeque<>();
    private long epoch = 1;
    private long counter;
    private boolean hasRoom = true;

    private record Proposal(long zxid, byte[] entry, List<Runnable> answers) {}

    /** Bytes that a link was given, and how many of them the test leaves unsent. */
    static final class TestLink implements Link {
        final List<byte[]> chunks = new ArrayList<>();
        long unsentBytes;

        @Override
        public void send(QuorumPacket packet) {
            throw new AssertionError("the service sends no packets through links");
        }

        @Override
        public void chunk(byte[] bytes, int length) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, 0, copy, 0, length);
            chunks.add(copy);
        }

        @Override
        public long unsentBytes() {
            return unsentBytes;
        }

        @Override
        public void close() {
            throw new AssertionError("the service closes no links");
        }
    }

    /** One server, with the quorum as it sees it. */
    final class Member implements Ensemble, Learner {
        final int sid;
        final CoreDriver driver;
        final Deque<QuorumPacket> toLeader = new ArrayDeque<>();
        final Deque<Runnable> fromLeader = new ArrayDeque<>();
        final List<String> heard = new ArrayList<>();
        Service service;
        PeerState state;

        Member(int sid, int inFlightMax, Disk stored, int keepClientsMillis) {
            this.sid = sid;
            this.state = sid == LEADER ? PeerState.LEADING : PeerState.FOLLOWING;
            Members all = new Members(List.of(1L, 2L, 3L), List.of(), Map.of(), Map.of(), CONFIG);
            ZabSettings zab =
                    new ZabSettings(sid, all, 1000, 10, 5, 200, 60_000, 500, 0, 1 << 20, false, 0xfffffffeL, -1);
            EnsembleParts parts = new EnsembleParts(zab, null, null, null, null, stored, true, keepClientsMillis);
            driver = new CoreDriver(CoreDriver.settings(sid, OpSettings.DEFAULT, inFlightMax), parts, created -> {
                service = created;
                return this;
            });
        }

        /** A connection with a session of ten seconds, and nothing written down yet. */
        RecordingClient connected() {
            RecordingClient client = driver.open();
            driver.connect(client, 10_000);
            settle();
            client.take();
            return client;
        }

        /** Everything that it sent arrives at the leader. */
        void reachLeader() {
            while (!toLeader.isEmpty()) {
                QuorumPacket packet = toLeader.poll();
                if (packet.packetType() == PacketType.REQUEST) {
                    leader().service.onForwarded(this, packet);
                } else {
                    leader().service.onRevalidate(this, packet);
                }
            }
        }

        /** Everything that the leader sent arrives here. */
        void hearLeader() {
            while (!fromLeader.isEmpty()) {
                fromLeader.poll().run();
            }
        }

        @Override
        public long sid() {
            return sid;
        }

        @Override
        public void send(QuorumPacket packet) {
            fromLeader.add(() -> {
                if (packet.packetType() == PacketType.SYNC) {
                    service.onSynced();
                } else {
                    service.onRevalidated(recoded(packet));
                }
            });
        }

        @Override
        public void replayed(long zxid, byte[] entry) {
            heard.add("replayed " + zxid);
        }

        @Override
        public void start(long acceptedEpoch, long currentEpoch) {
            heard.add("start " + acceptedEpoch + " " + currentEpoch);
        }

        @Override
        public void at(long nowMillis) {}

        @Override
        public long tick() {
            return Long.MAX_VALUE;
        }

        @Override
        public void onLogFlushed(long zxid) {}

        @Override
        public void onSnapshotStored(long zxid, boolean stored) {
            heard.add("stored " + zxid + " " + stored);
        }

        @Override
        public void onStreamed(Link link) {
            heard.add("streamed");
        }

        @Override
        public long nextZxid() {
            return Zxid.of(epoch, counter + 1);
        }

        @Override
        public boolean hasRoom(int entryBytes) {
            return hasRoom;
        }

        @Override
        public void propose(long zxid, DirectBuffer entry, int offset, int length) {
            counter++;
            byte[] copy = new byte[length];
            entry.getBytes(offset, copy);
            proposals.add(new Proposal(zxid, copy, new ArrayList<>()));
        }

        @Override
        public void answer(Learner to, QuorumPacket packet) {
            if (proposals.isEmpty()) {
                to.send(packet);
            } else {
                proposals.getLast().answers.add(() -> to.send(packet));
            }
        }

        @Override
        public void forward(QuorumPacket packet) {
            toLeader.add(recoded(packet));
        }

        @Override
        public PeerState state() {
            return state;
        }

        @Override
        public long epoch() {
            return epoch;
        }
    }

    EnsembleDriver() {
        this(1000);
    }

    /** A disk that reaches back to the beginning. */
    interface Disk extends StoredState {
        @Override
        default boolean reachesBackTo(long zxid) {
            return true;
        }

        @Override
        default void dropAfter(long zxid) {}
    }

    /** A leader and two learners that serve in epoch 1. */
    EnsembleDriver(int inFlightMax) {
        this(inFlightMax, null);
    }

    /** As above; {@code stored} is what each finds on its disk. */
    EnsembleDriver(int inFlightMax, Disk stored) {
        this(inFlightMax, stored, 0);
    }

    /** As above; clients are kept for so long while nobody leads. */
    EnsembleDriver(int inFlightMax, Disk stored, int keepClientsMillis) {
        for (int sid = LEADER; sid <= OTHER; sid++) {
            members.add(new Member(sid, inFlightMax, stored, keepClientsMillis));
        }
        serve();
    }

    Member leader() {
        return members.get(LEADER - 1);
    }

    Member learner() {
        return members.get(LEARNER - 1);
    }

    Member other() {
        return members.get(OTHER - 1);
    }

    /** The same servers serve in a new epoch; what was proposed and not committed is lost. */
    void nextEpoch() {
        stop();
        lose();
        serveNext();
    }

    /** Nobody leads any more; what is on its way is lost. */
    void stop() {
        members.forEach(member -> {
            member.service.retire();
            member.state = PeerState.LOOKING;
            member.toLeader.clear();
            member.fromLeader.clear();
        });
    }

    /** What was proposed and not committed is not in the history of the next leader. */
    void lose() {
        proposals.clear();
    }

    /** What was proposed and not committed is in the history of the next leader, which all take over. */
    void takeOver() {
        for (Proposal proposal : proposals) {
            members.forEach(member -> member.service.apply(proposal.zxid, proposal.entry));
        }
        proposals.clear();
    }

    /** The same servers serve in a new epoch. */
    void serveNext() {
        epoch++;
        counter = 0;
        members.forEach(member -> member.state = member.sid == LEADER ? PeerState.LEADING : PeerState.FOLLOWING);
        serve();
    }

    /** Somebody else leads an epoch, or nobody does. */
    void skipEpoch() {
        epoch++;
    }

    /** The same servers serve again in the epoch of before. */
    void serveAgain() {
        epoch--;
        long last = counter;
        serveNext();
        counter = last;
    }

    private void serve() {
        leader().service.lead(epoch);
        learner().service.learn();
        other().service.learn();
    }

    /** Whether the leader's log takes anything. */
    void hasRoom(boolean room) {
        hasRoom = room;
    }

    /** Everything proposed is committed: applied by the leader, and on its way to the learners. */
    void commit() {
        while (!proposals.isEmpty()) {
            Proposal proposal = proposals.poll();
            for (Member member : members) {
                Runnable apply = () -> member.service.apply(proposal.zxid, proposal.entry);
                if (member == leader()) {
                    apply.run();
                } else {
                    member.fromLeader.add(apply);
                }
            }
            proposal.answers.forEach(Runnable::run);
        }
    }

    /** Everything arrives and is committed, until nothing is under way any more. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = !proposals.isEmpty();
            for (Member member : members) {
                busy |= !member.toLeader.isEmpty() || !member.fromLeader.isEmpty();
            }
            members.forEach(Member::reachLeader);
            commit();
            members.forEach(Member::hearLeader);
        }
    }

    /** Time passes for all servers, and what follows from it is committed. */
    void pass(long millis) {
        members.forEach(member -> member.driver.pass(millis));
        settle();
    }

    /** Each learner tells the leader whom it heard of. */
    void ping() {
        leader().service.onTouches(learner(), learner().service.takeTouches());
        leader().service.onTouches(other(), other().service.takeTouches());
    }

    private static QuorumPacket recoded(QuorumPacket packet) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, 0);
        packet.write(writer);
        return QuorumPacket.read(new JuteReader().wrap(buffer, 0, writer.position()));
    }
}
