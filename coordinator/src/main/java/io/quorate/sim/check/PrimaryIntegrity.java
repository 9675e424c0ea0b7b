package io.quorate.sim.check;

import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** P8: who begins an epoch has every transaction of earlier epochs that anybody ever delivers. */
final class PrimaryIntegrity implements Invariant {

    private final Map<Long, Long> lastLogged = new HashMap<>();

    /** For each epoch in which something was proposed, the last transaction that its leader had before. */
    private final TreeMap<Long, Long> bases = new TreeMap<>();

    private final TreeMap<Long, Long> lastDelivered = new TreeMap<>();

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        lastLogged.put(sid, lastZxid);
    }

    @Override
    public void cut(long sid, long zxid, boolean anew) {
        lastLogged.put(sid, zxid);
    }

    @Override
    public void appended(long sid, long zxid, long content) {
        long epoch = Zxid.epoch(zxid);
        long before = lastLogged.getOrDefault(sid, 0L);
        lastLogged.put(sid, zxid);
        if (bases.containsKey(epoch)) {
            return;
        }
        bases.put(epoch, before);
        Map.Entry<Long, Long> earlier = lastDelivered.lowerEntry(epoch);
        if (earlier != null && earlier.getValue() > before) {
            fail(sid, epoch, earlier.getValue());
        }
    }

    @Override
    public void delivered(long sid, long zxid, long content) {
        long epoch = Zxid.epoch(zxid);
        lastDelivered.merge(epoch, zxid, Math::max);
        for (Map.Entry<Long, Long> later : bases.tailMap(epoch, false).entrySet()) {
            if (zxid > later.getValue()) {
                fail(sid, later.getKey(), zxid);
            }
        }
    }

    private static void fail(long sid, long epoch, long zxid) {
        throw new Violation("epoch %d began without %s, which is delivered (seen at server %d)"
                .formatted(epoch, Violation.zxid(zxid), sid));
    }
}
