package io.quorate.sim;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerView;
import io.quorate.sim.check.Content;
import io.quorate.wire.quorum.Zxid;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one process did, seen from outside its core: what it ordered to be logged, and after each step whether it serves and
 * how far its state is. Tells the checks.
 */
final class Observation {

    private final Cluster cluster;
    private final SimServer server;

    /** Every transaction of its history, be it in its log, written or not, or in the snapshot from which it began. */
    private final TreeMap<Long, byte[]> log = new TreeMap<>();

    /** The history of the state that a leader sends, until it takes the place of its own. */
    private NavigableMap<Long, byte[]> copied;

    private final Event look = new Event.Inspect(this::look);
    private ServerMode mode = ServerMode.NOT_SERVING;
    private long epoch = -1;
    private long delivered;
    private SimProcess process;

    Observation(Cluster cluster, SimServer server) {
        this.cluster = cluster;
        this.server = server;
        SimDisk.StoredSnapshot snapshot = server.disk().snapshotUpTo(Long.MAX_VALUE);
        if (snapshot != null) {
            log.putAll(snapshot.past());
        }
        long from = snapshot == null ? 0 : snapshot.zxid();
        server.disk().log().entries().stream()
                .filter(entry -> entry.zxid() > from)
                .forEach(entry -> log.put(entry.zxid(), entry.bytes()));
    }

    /** The transactions up to this one, of which the state is made that is in memory now. */
    NavigableMap<Long, byte[]> pastOf(long zxid) {
        boolean isCopy = copied != null && (copied.isEmpty() || copied.lastKey() <= zxid);
        return isCopy ? copied : new TreeMap<>(log.headMap(zxid, true));
    }

    /** A leader sends its state, which was made of these. */
    void copies(NavigableMap<Long, byte[]> past) {
        copied = past;
    }

    ServerMode mode() {
        return mode;
    }

    /** The last transaction that its state holds, while it serves. */
    long delivered() {
        return delivered;
    }

    void started(StartEpochs found) {
        cluster.check()
                .tell(check -> check.started(
                        server.sid(), found.accepted(), found.current(), found.snapshot(), found.lastZxid()));
        cluster.story().tell("" + server.sid(), "has everything up to", found.lastZxid());
    }

    void stopped() {
        cluster.check().tell(check -> check.stopped(server.sid()));
    }

    void appended(long zxid, byte[] bytes) {
        log.put(zxid, bytes);
        long content = Content.of(bytes);
        cluster.story().mix(content);
        cluster.check().tell(check -> check.appended(server.sid(), zxid, content));
        cluster.story().tell("" + server.sid(), () -> "logs " + Story.number(zxid));
    }

    void cut(long zxid, boolean anew) {
        if (anew) {
            log.clear();
            log.putAll(copied);
            copied = null;
        } else {
            log.tailMap(zxid, false).clear();
        }
        cluster.check().tell(check -> check.cut(server.sid(), zxid, anew));
    }

    /** Looks at the core after a step. */
    void observe(SimProcess of, Core core) {
        process = of;
        look.deliver(core);
    }

    private void look(ServerView view) {
        ServerMode now = view.mode();
        if (now == ServerMode.NOT_SERVING) {
            if (mode != now) {
                // What it still committed in the step that ended its role counts.
                deliver(delivered, state(view.lastZxid()));
                mode = now;
                cluster.story().tell("" + server.sid(), "serves no longer, at", delivered);
            }
            return;
        }
        long zxid = state(view.lastZxid());
        if (now != mode || process.epochBegun() != epoch) {
            begin(now, zxid);
        }
        deliver(delivered, zxid);
        long digest = view.tree().digest();
        cluster.check().tell(check -> check.digest(server.sid(), zxid, digest));
    }

    /** The last transaction in the state; the beginning of an epoch is none. */
    private long state(long lastZxid) {
        if (Zxid.counter(lastZxid) != 0) {
            return lastZxid;
        }
        Long floor = log.floorKey(lastZxid);
        return floor == null ? 0 : floor;
    }

    private void begin(ServerMode now, long zxid) {
        mode = now;
        copied = null;
        epoch = process.epochBegun();
        cluster.story().tell("" + server.sid(), "serves as " + now.text() + " in epoch " + epoch + ", at", zxid);
        cluster.onServes(server.sid(), now, epoch);
        cluster.check().tell(check -> check.serves(server.sid(), now == ServerMode.LEADER, epoch, zxid));
        deliver(0, zxid);
    }

    private void deliver(long after, long upTo) {
        if (after == upTo) {
            return;
        }
        for (Map.Entry<Long, byte[]> each : log.subMap(after, false, upTo, true).entrySet()) {
            long zxid = each.getKey();
            long content = Content.of(each.getValue());
            cluster.check().tell(check -> check.delivered(server.sid(), zxid, content));
            cluster.onDelivered(zxid, each.getValue());
        }
        delivered = upTo;
        cluster.story().tell("" + server.sid(), "has applied", upTo);
    }
}
