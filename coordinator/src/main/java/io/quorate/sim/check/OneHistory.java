package io.quorate.sim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** P2, P4, P5, P7: what any two servers deliver is one sequence, of which each has a prefix. */
final class OneHistory implements Invariant {

    private record Delivered(long zxid, long content, long by) {}

    private final List<Delivered> history = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Integer> lastPlaces = new HashMap<>();

    @Override
    public void serves(long sid, boolean leading, long epoch, long zxid) {
        lastPlaces.remove(sid);
    }

    @Override
    public void delivered(long sid, long zxid, long content) {
        Integer place = places.get(zxid);
        Integer before = lastPlaces.get(sid);
        if (place == null) {
            place = append(sid, zxid, content);
        } else if (history.get(place).content() != content) {
            throw new Violation("server %d delivers another transaction at %s than server %d"
                    .formatted(sid, Violation.zxid(zxid), history.get(place).by()));
        }
        if (before != null && place != before + 1) {
            throw new Violation("server %d delivers %s right after %s; others had %s there"
                    .formatted(
                            sid,
                            Violation.zxid(zxid),
                            Violation.zxid(history.get(before).zxid()),
                            Violation.zxid(history.get(before + 1).zxid())));
        }
        lastPlaces.put(sid, place);
    }

    private int append(long sid, long zxid, long content) {
        if (!history.isEmpty() && history.get(history.size() - 1).zxid() > zxid) {
            Delivered last = history.get(history.size() - 1);
            throw new Violation(
                    "server %d delivers %s, which is not in the history; that already goes to %s at server %d"
                            .formatted(sid, Violation.zxid(zxid), Violation.zxid(last.zxid()), last.by()));
        }
        history.add(new Delivered(zxid, content, sid));
        places.put(zxid, history.size() - 1);
        return history.size() - 1;
    }
}
