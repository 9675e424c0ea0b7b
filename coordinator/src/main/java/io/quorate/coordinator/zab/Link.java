package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;

/**
 * One connection on the quorum port, as the core writes to it. Packets leave in the order given; what is sent before the
 * connection is up waits for it. Nothing blocks and nothing fails: a broken link is heard of as the event that it is gone,
 * which comes exactly once for each link, also after {@link #close}. Compared by identity.
 */
public interface Link {

    /** Sends one packet. Its data is not changed by anyone afterwards. */
    void send(QuorumPacket packet);

    /** Sends raw bytes of a snapshot between two packets. The array is not touched again by the caller. */
    void chunk(byte[] bytes, int length);

    /** Bytes given to this link that the network has not taken yet. */
    long unsentBytes();

    /** Sends what was given so far if it can, and closes. */
    void close();
}
