package io.quorate.wire.quorum;

/** Owns the types of packets on the quorum port (quorum protocol specification, section 6). */
public enum PacketType {
    /** A learner forwards what a client asked for: {@link ForwardedRequest}. */
    REQUEST(1),
    /** The leader proposes a transaction. */
    PROPOSAL(2),
    /** A learner has a transaction, the new leader or the end of the synchronization on its disk. */
    ACK(3),
    /** A proposed transaction is committed. */
    COMMIT(4),
    /** Are you there; the learner's answer carries {@link SessionTouches}. */
    PING(5),
    /** May a client go on with its session here: {@link Revalidation}, {@link RevalidationReply}. */
    REVALIDATE(6),
    /** What was committed before a forwarded sync has been sent. */
    SYNC(7),
    /** A committed transaction, for observers. */
    INFORM(8),
    /** A reconfiguration is committed: {@link Activation} without transaction. */
    COMMITANDACTIVATE(9),
    /** The history of the leader is complete; its configuration as text. */
    NEWLEADER(10),
    /** The first packet of a participant: {@link LearnerInfo}. */
    FOLLOWERINFO(11),
    /** A learner may serve clients. */
    UPTODATE(12),
    /** Synchronization by missing transactions. */
    DIFF(13),
    /** Synchronization by cutting the learner's log. */
    TRUNC(14),
    /** Synchronization by a snapshot, which follows as {@link SnapshotStream}. */
    SNAP(15),
    /** The first packet of an observer: {@link LearnerInfo}. */
    OBSERVERINFO(16),
    /** The new epoch: {@link LeaderInfo}. */
    LEADERINFO(17),
    /** A learner promised itself to the new epoch: {@link EpochAck}. */
    ACKEPOCH(18),
    /** A committed reconfiguration, for observers: {@link Activation} with its transaction. */
    INFORMANDACTIVATE(19);

    private static final PacketType[] ALL = values();

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The type with this number, or null when there is none; such packets are to be ignored. */
    public static PacketType of(int code) {
        return code < 1 || code > ALL.length ? null : ALL[code - 1];
    }
}
