package io.quorate.sim.check;

import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.Map;

/** P10: the two epochs on a disk never fall, the current one is never ahead of the accepted one, nor behind the log. */
final class EpochsRise implements Invariant {

    private final Map<Long, Long> accepted = new HashMap<>();
    private final Map<Long, Long> current = new HashMap<>();

    @Override
    public void wiped(long sid) {
        accepted.remove(sid);
        current.remove(sid);
    }

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        rise(accepted, sid, acceptedEpoch, "accepted");
        rise(current, sid, currentEpoch, "current");
        if (Zxid.epoch(lastZxid) > currentEpoch) {
            throw new Violation("server %d starts with %s in its log, but current epoch %d"
                    .formatted(sid, Violation.zxid(lastZxid), currentEpoch));
        }
        order(sid);
    }

    @Override
    public void epochStored(long sid, boolean isAccepted, long epoch) {
        rise(isAccepted ? accepted : current, sid, epoch, isAccepted ? "accepted" : "current");
        order(sid);
    }

    private static void rise(Map<Long, Long> epochs, long sid, long epoch, String which) {
        Long before = epochs.put(sid, epoch);
        if (before != null && before > epoch) {
            throw new Violation("server %d: %s epoch falls from %d to %d".formatted(sid, which, before, epoch));
        }
    }

    private void order(long sid) {
        if (current.getOrDefault(sid, 0L) > accepted.getOrDefault(sid, 0L)) {
            throw new Violation("server %d: current epoch %d, accepted only %d"
                    .formatted(sid, current.get(sid), accepted.getOrDefault(sid, 0L)));
        }
    }
}
