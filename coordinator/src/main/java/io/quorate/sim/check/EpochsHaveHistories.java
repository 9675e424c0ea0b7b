package io.quorate.sim.check;

import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * P10, for leaders, too: whoever has an epoch on disk as its current one has the history on disk with which that epoch begins. Without
 * it, it would be preferred to servers that have more.
 */
final class EpochsHaveHistories implements Invariant {

    /** What a link was told last of the history that its learner is to take over. */
    private final Map<Long, Long> told = new HashMap<>();

    /** By epoch: where it begins. */
    private final Map<Long, Long> histories = new HashMap<>();

    private final Map<Long, Long> durable = new HashMap<>();

    /** Servers whose log a later leader has cut, while their epoch is still the one before. */
    private final Set<Long> cut = new HashSet<>();

    @Override
    public void sent(long from, long to, long link, QuorumPacket packet) {
        if (packet.packetType() == null) {
            return;
        }
        switch (packet.packetType()) {
            case DIFF, TRUNC, SNAP, COMMIT -> told.put(link, packet.zxid());
            case NEWLEADER -> {
                long history = told.getOrDefault(link, 0L);
                histories.putIfAbsent(Zxid.epoch(packet.zxid()), history);
            }
            default -> {}
        }
    }

    @Override
    public void started(long sid, long acceptedEpoch, long currentEpoch, long snapshot, long lastZxid) {
        durable.put(sid, lastZxid);
        if (!cut.contains(sid)) {
            check(sid, currentEpoch);
        }
    }

    @Override
    public void wiped(long sid) {
        durable.remove(sid);
        cut.remove(sid);
    }

    @Override
    public void flushed(long sid, long zxid) {
        durable.put(sid, zxid);
    }

    @Override
    public void cut(long sid, long zxid, boolean anew) {
        cut.add(sid);
    }

    @Override
    public void cutDone(long sid, long zxid, boolean anew) {
        durable.put(sid, zxid);
    }

    @Override
    public void epochStored(long sid, boolean accepted, long epoch) {
        if (!accepted) {
            cut.remove(sid);
            check(sid, epoch);
        }
    }

    private void check(long sid, long epoch) {
        long history = histories.getOrDefault(epoch, 0L);
        long safe = durable.getOrDefault(sid, 0L);
        if (safe < history) {
            throw new Violation("server %d has epoch %d on disk, which begins with %s, but transactions up to %s only"
                    .formatted(sid, epoch, Violation.zxid(history), Violation.zxid(safe)));
        }
    }
}
