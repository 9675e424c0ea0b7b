package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;
import java.util.ArrayDeque;
import java.util.Deque;

/** The leader's view of one learner's connection. */
final class Handler implements Learner {

    /** How far it is. */
    enum Stage {
        /** Nothing was heard yet. */
        NEW,
        /** It said who it is. */
        KNOWN,
        /** It was told the epoch. */
        TOLD,
        /** It promised the epoch, and waits to be synchronized. */
        PROMISED,
        /** A copy of the state is on its way; everything else waits behind it. */
        STREAMING,
        /** It was sent everything, NEWLEADER included. */
        SENT,
        /** It has everything on its disk. */
        SYNCED
    }

    final Link link;
    Stage stage = Stage.NEW;
    boolean observer;

    /** The last transaction of its log, as it said. */
    long lastZxid;

    /** Everything up to here is on its disk. Meaningful once it is SYNCED. */
    long acked;

    long heardMillis;
    long deadlineMillis;
    private long sid = -1;
    private long lastProposed;
    private long timedZxid;
    private long timedSince;
    private final Deque<QuorumPacket> held = new ArrayDeque<>();

    Handler(Link link) {
        this.link = link;
    }

    @Override
    public long sid() {
        return sid;
    }

    void known(long number, boolean asObserver) {
        sid = number;
        observer = asObserver;
        stage = Stage.KNOWN;
    }

    /** True once it gets live traffic. */
    boolean isLive() {
        return stage.compareTo(Stage.STREAMING) >= 0;
    }

    @Override
    public void send(QuorumPacket packet) {
        if (stage == Stage.STREAMING) {
            held.add(packet);
        } else {
            link.send(packet);
        }
    }

    /** Nothing more goes before what waits. */
    void streamed() {
        stage = Stage.SENT;
        held.forEach(link::send);
        held.clear();
    }

    int heldPackets() {
        return held.size();
    }

    /** Sends a proposal, whose acknowledgement is expected in time (section 11.3). */
    void propose(QuorumPacket proposal, long nowMillis) {
        send(proposal);
        lastProposed = proposal.zxid();
        if (timedZxid == 0) {
            timedZxid = lastProposed;
            timedSince = nowMillis;
        }
    }

    void onAck(long zxid, long nowMillis) {
        acked = Math.max(acked, zxid);
        if (timedZxid != 0 && acked >= timedZxid) {
            timedZxid = acked >= lastProposed ? 0 : lastProposed;
            timedSince = nowMillis;
        }
    }

    /** What was committed before NEWLEADER is acknowledged with it. */
    void forgive(long committed) {
        if (lastProposed <= committed) {
            timedZxid = 0;
        }
    }

    /** Acknowledgements are expected from now on. */
    void beginTiming(long nowMillis) {
        timedSince = nowMillis;
    }

    /** Since when the oldest timed proposal waits for its acknowledgement; never, if none does. */
    boolean isSlow(long nowMillis, long limitMillis) {
        return timedZxid != 0 && nowMillis - timedSince > limitMillis;
    }

    @Override
    public String toString() {
        return (observer ? "observer " : "follower ") + sid;
    }
}
