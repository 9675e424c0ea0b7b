package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;

/** A learner as its leader's service sees it. One object for one connection, compared by identity (section 13.5). */
public interface Learner {

    long sid();

    /** Sends a packet behind all that was sent to it before. */
    void send(QuorumPacket packet);
}
