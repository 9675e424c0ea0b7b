package io.quorate.coordinator.core;

import io.quorate.wire.proto.OpCode;

/** What the operator may see of one connection's requests. The core's thread alone. */
final class ClientStats {

    OpCode lastOp;
    int lastXid = -1;
    long lastZxid = -1;
    long lastResponseMillis;
    long lastLatencyMillis;
    long establishedWallMillis;
    final Latency latency = new Latency();

    /** Special xids, as pings have, do not hide the last one of the client's own. */
    void answered(OpCode op, int xid, long zxid, long nowMillis, long latencyMillis) {
        lastOp = op;
        if (xid >= 0) {
            lastXid = xid;
        }
        lastZxid = zxid;
        lastResponseMillis = nowMillis;
        lastLatencyMillis = latencyMillis;
        latency.add(latencyMillis);
    }

    void reset() {
        lastOp = null;
        lastXid = -1;
        lastZxid = -1;
        lastResponseMillis = 0;
        lastLatencyMillis = 0;
        latency.reset();
    }
}
