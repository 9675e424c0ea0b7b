package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.Notification;

/**
 * Whom a server supports, and how recent the history of that one is (quorum protocol, section 3.2).
 *
 * @param leader the server supported
 * @param zxid the last transaction in its log
 * @param peerEpoch the epoch whose history it holds; in an established ensemble the epoch that it leads
 */
record Vote(long leader, long zxid, long peerEpoch) {

    /** The vote of a server that cannot be elected: every other is better. */
    static final Vote NOBODY = new Vote(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    static Vote of(Notification notification) {
        return new Vote(notification.leader(), notification.zxid(), notification.peerEpoch());
    }

    /** The vote order (section 3.3): the more recent history wins, then the greater sid. Weight 0 wins against nobody. */
    boolean beats(Vote other, Members members) {
        if (members.weight(leader) == 0) {
            return false;
        }
        if (peerEpoch != other.peerEpoch) {
            return peerEpoch > other.peerEpoch;
        }
        return zxid != other.zxid ? zxid > other.zxid : leader > other.leader;
    }

    /** This vote with another epoch. */
    Vote withEpoch(long epoch) {
        return new Vote(leader, zxid, epoch);
    }
}
