package io.quorate.sim.check;

import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P6, P12: in every log each transaction directly follows the one before, or is the first of a later epoch. */
final class LogsHaveNoGaps implements Invariant {

    private final Map<Long, Long> last = new HashMap<>();

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        last.put(sid, lastZxid);
    }

    @Override
    public void appended(long sid, long zxid, long content) {
        long before = last.getOrDefault(sid, 0L);
        if (!follows(before, zxid)) {
            throw new Violation(
                    "server %d logs %s right behind %s".formatted(sid, Violation.zxid(zxid), Violation.zxid(before)));
        }
        last.put(sid, zxid);
    }

    @Override
    public void cut(long sid, long zxid, boolean anew) {
        last.put(sid, anew ? zxid : Math.min(zxid, last.getOrDefault(sid, 0L)));
    }

    static boolean follows(long before, long zxid) {
        return zxid == before + 1 || (Zxid.epoch(zxid) > Zxid.epoch(before) && Zxid.counter(zxid) == 1);
    }
}
