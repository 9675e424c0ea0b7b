package io.quorate.registry.sim;

import io.quorate.wire.proto.Stat;

/** A node of the simulated tree. */
public record SimNode(byte[] data, long czxid, long mzxid, int version, int cversion, long owner) {
    SimNode withData(byte[] changed, long zxid) {
        return new SimNode(changed, czxid, zxid, version + 1, cversion, owner);
    }

    SimNode withChildChange() {
        return new SimNode(data, czxid, mzxid, version, cversion + 1, owner);
    }

    Stat stat(int children) {
        return new Stat(
                czxid, mzxid, 0, 0, version, cversion, 0, owner, data == null ? 0 : data.length, children, mzxid);
    }
}
