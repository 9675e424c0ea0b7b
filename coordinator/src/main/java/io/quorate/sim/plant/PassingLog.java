package io.quorate.sim.plant;

import io.quorate.coordinator.zab.LogOut;
import org.agrona.DirectBuffer;

/** A log that passes everything on; a defect changes what it wants to. */
class PassingLog implements LogOut {

    private final LogOut honest;

    PassingLog(LogOut honest) {
        this.honest = honest;
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return honest.hasRoom(entryBytes);
    }

    @Override
    public void append(long zxid, DirectBuffer src, int offset, int length) {
        honest.append(zxid, src, offset, length);
    }

    @Override
    public void voidAfter(long zxid) {
        honest.voidAfter(zxid);
    }

    @Override
    public void restartAt(long zxid) {
        honest.restartAt(zxid);
    }
}
