package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;

/** A transaction with its zxid: header, record and digest as the log and the wire have them. */
record Proposal(long zxid, byte[] entry) {

    QuorumPacket packet() {
        return QuorumPacket.proposal(zxid, entry);
    }
}
