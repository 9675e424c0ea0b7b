package io.quorate.wire.quorum;

/** Owns what a server says it is doing, in notifications (quorum protocol specification, section 3.1). */
public enum PeerState {
    LOOKING(0),
    FOLLOWING(1),
    LEADING(2),
    OBSERVING(3);

    private static final PeerState[] ALL = values();

    private final int code;

    PeerState(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The state with this number, or null when there is none. */
    public static PeerState of(int code) {
        return code < 0 || code >= ALL.length ? null : ALL[code];
    }
}
