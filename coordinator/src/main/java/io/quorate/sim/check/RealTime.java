package io.quorate.sim.check;

import io.quorate.wire.proto.OpCode;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes take effect between request and answer; and what is answered to a sync is no older than anything answered to anyone
 * before the sync was sent. A server that still follows a deposed leader is not bound by the latter (quorum protocol, 14.3).
 */
final class RealTime implements Invariant {

    private record Key(long connection, int xid) {}

    private final Model model;
    private final Map<Key, Long> toldBefore = new HashMap<>();
    private long told;

    RealTime(Model model) {
        this.model = model;
    }

    @Override
    public void called(Call call) {
        toldBefore.put(new Key(call.connection(), call.xid()), told);
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        Long before = toldBefore.remove(new Key(call.connection(), call.xid()));
        if (before == null) {
            return;
        }
        boolean wrote = model.isMadeBy(answer.zxid(), call);
        if (wrote && answer.zxid() <= before) {
            fail(call, answer, before);
        }
        if (call.op() == OpCode.SYNC
                && answer.err() == 0
                && answer.zxid() < before
                && answer.epoch() >= Zxid.epoch(before)) {
            fail(call, answer, before);
        }
        if (wrote) {
            told = Math.max(told, answer.zxid());
        }
    }

    private static void fail(Call call, Answer answer, long before) {
        throw new Violation("%s was answered with %s; before it was sent, somebody had been answered with %s"
                .formatted(call, Violation.zxid(answer.zxid()), Violation.zxid(before)));
    }
}
