package io.quorate.sim;

import io.quorate.coordinator.zab.Link;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotNode;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.SnapshotSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.agrona.ExpandableArrayBuffer;

/**
 * One end of a connection on the quorum port. Every packet leaves as bytes of the production codec, and comes out at the other
 * end in pieces cut at random.
 */
final class SimLink implements Link, SnapshotSink {

    private static final int PIECE_BYTES_MAX = 40;

    private final SimProcess owner;
    private final long peer;
    private final long number;
    private final LinkDecoder decoder = new LinkDecoder(this::packet, this);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private final JuteWriter writer = new JuteWriter();
    private List<byte[]> waiting = new ArrayList<>();
    private long waitingBytes;
    private Pipe<byte[]> out;
    private SimLink other;
    private Link face = this;
    private boolean closed;
    private boolean gone;
    private boolean unheard;

    /** What the state was made of that was sent last, for the checks alone. */
    private NavigableMap<Long, byte[]> past;

    /**
     * An end that is not connected yet.
     *
     * @param number the same for both ends
     */
    SimLink(SimProcess owner, long peer, long number) {
        this.owner = owner;
        this.peer = peer;
        this.number = number;
    }

    /** Joins two ends: from now on what is sent at one comes out at the other. */
    static void join(SimLink one, SimLink two) {
        one.connect(two);
        two.connect(one);
        one.flushWaiting();
        two.flushWaiting();
    }

    private void connect(SimLink to) {
        other = to;
        out = new Pipe<>(owner.cluster().net(), owner.sid(), peer, to::arrived, to::onEnd);
    }

    private void flushWaiting() {
        List<byte[]> all = waiting;
        waiting = null;
        waitingBytes = 0;
        all.forEach(bytes -> out.send(bytes, bytes.length));
        if (closed) {
            out.end();
        }
    }

    /** What the core knows this end as: itself, unless a defect is planted in between. */
    Link face() {
        return face;
    }

    void face(Link planted) {
        face = planted;
    }

    long peer() {
        return peer;
    }

    long ownerSid() {
        return owner.sid();
    }

    boolean isJoined() {
        return out != null && !closed;
    }

    long number() {
        return number;
    }

    boolean isOver() {
        return gone || closed;
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public void send(QuorumPacket packet) {
        if (closed || gone) {
            return;
        }
        owner.cluster().check().tell(check -> check.sent(owner.sid(), peer, number, packet));
        owner.cluster().story().mix(packet.type() ^ packet.zxid());
        owner.cluster().story().tell(owner.name(), () -> "→ " + peer + "  " + Narration.of(packet));
        owner.onSent(packet);
        if (packet.packetType() == PacketType.SNAP) {
            past = owner.observer().pastOf(packet.zxid());
        }
        packet.write(writer.wrap(buffer, 0));
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        put(bytes);
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        if (!closed && !gone) {
            put(Arrays.copyOf(bytes, length));
        }
    }

    private void put(byte[] bytes) {
        if (waiting != null) {
            waiting.add(bytes);
            waitingBytes += bytes.length;
        } else {
            out.send(bytes, bytes.length);
        }
    }

    @Override
    public long unsentBytes() {
        return waitingBytes + (out == null ? 0 : out.unsentBytes());
    }

    @Override
    public void close() {
        if (closed || gone) {
            return;
        }
        closed = true;
        decoder.stop();
        if (out != null) {
            out.end();
        }
        owner.after(owner.chance().between(1, 500), this::gone);
    }

    /** The connection is no more, as far as this end can tell. */
    void gone() {
        if (!gone) {
            gone = true;
            decoder.stop();
            if (out != null && !closed) {
                out.kill();
            }
            owner.onLinkGone(this);
        }
    }

    private void onEnd() {
        if (owner.isOver()) {
            return;
        }
        gone();
    }

    private void arrived(byte[] bytes) {
        if (owner.isOver()) {
            answerForTheDead();
            return;
        }
        if (closed || gone) {
            return;
        }
        try {
            feed(bytes);
        } catch (MalformedException e) {
            owner.cluster()
                    .fail("server " + owner.sid() + " cannot read what " + peer + " sends: " + e.getMessage(), e);
        }
    }

    private void feed(byte[] bytes) {
        int fed = 0;
        boolean cut = owner.chance().in(0.1);
        while (fed < bytes.length && !closed && !gone) {
            int piece = cut ? owner.chance().between(1, PIECE_BYTES_MAX) : bytes.length;
            int length = Math.min(piece, bytes.length - fed);
            decoder.feed(bytes, fed, length);
            fed += length;
        }
    }

    /** A machine that is up without the process says so; one that is down says nothing, until it is up. */
    private void answerForTheDead() {
        unheard = true;
        if (owner.server().isMachineUp()) {
            reset();
        }
    }

    /** The machine is up again, and knows nothing of this connection. */
    void onMachineUp() {
        if (unheard) {
            reset();
        }
    }

    private void reset() {
        long delay = owner.cluster().chance().between(0, 5 * Scheduler.MILLI);
        owner.cluster().time().after(delay, () -> {
            if (other != null && !other.owner.isOver()) {
                other.gone();
            }
        });
    }

    /** The process ends; the machine closes what it had open, and what is on its way may still arrive. */
    void processEnds(boolean machineGoesOn) {
        decoder.stop();
        if (out == null) {
            return;
        }
        if (!machineGoesOn) {
            out.kill();
        } else if (owner.cluster().chance().in(0.5)) {
            out.end();
        } else {
            out.kill();
            reset();
        }
    }

    /** The network broke this connection: both ends hear of it, each in its own time. */
    void breakDown() {
        out.kill();
        other.out.kill();
        breakEnd();
        other.breakEnd();
    }

    private void breakEnd() {
        if (!owner.isOver()) {
            owner.after(owner.chance().between(0, 300 * Scheduler.MILLI), this::gone);
        }
    }

    private void packet(QuorumPacket packet) {
        if (packet.packetType() == PacketType.SNAP) {
            owner.observer().copies(other.past);
        }
        owner.cluster().check().tell(check -> check.received(peer, owner.sid(), number, packet));
        owner.onPacket(this, packet);
    }

    @Override
    public void session(long id, int timeoutMillis) {
        owner.onPart(this, new SnapshotPart.SessionPart(id, timeoutMillis));
    }

    @Override
    public void acl(long id, List<Acl> acl) {
        owner.onPart(this, new SnapshotPart.AclPart(id, acl));
    }

    @Override
    public void node(String path, SnapshotNode node) {
        owner.onPart(this, SnapshotPart.NodePart.of(path, node));
    }

    @Override
    public void end() {
        owner.onPartsEnd(this);
    }
}
