package io.quorate.sim.plant;

import io.quorate.coordinator.zab.Link;
import io.quorate.wire.quorum.QuorumPacket;

/** A link that passes everything on; a defect changes what it wants to. */
class PassingLink implements Link {

    private final Link honest;

    PassingLink(Link honest) {
        this.honest = honest;
    }

    @Override
    public void send(QuorumPacket packet) {
        honest.send(packet);
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        honest.chunk(bytes, length);
    }

    @Override
    public long unsentBytes() {
        return honest.unsentBytes();
    }

    @Override
    public void close() {
        honest.close();
    }
}
