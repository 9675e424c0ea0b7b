package io.quorate.sim;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerView;
import io.quorate.sim.check.Violation;
import io.quorate.wire.quorum.Zxid;
import java.util.Objects;

/**
 * What one process did, seen from outside its core: what it ordered to be logged, and after each step whether it serves and
 * how far its state is. Tells the checks.
 */
final class Observation {

    private final Cluster cluster;
    private final SimServer server;

    /** Every transaction of its history, be it in its log, written or not, or in the snapshot from which it began. */
    private Past log = Past.EMPTY;

    /** The history of the state that a leader sends, until it takes the place of its own. */
    private Past copied;

    private final Event look = new Event.Inspect(this::look);
    private ServerMode mode = ServerMode.NOT_SERVING;
    private long epoch = -1;
    private long delivered;
    private long digestZxid = -1;
    private long lastDigest;
    private SimProcess process;

    Observation(Cluster cluster, SimServer server) {
        this.cluster = cluster;
        this.server = server;
        SimDisk.StoredSnapshot snapshot = server.disk().snapshotUpTo(Long.MAX_VALUE);
        if (snapshot != null) {
            log = snapshot.past();
        }
        long from = snapshot == null ? 0 : snapshot.zxid();
        for (SimDisk.Entry entry : server.disk().log().entries()) {
            log = entry.zxid() > from ? log.with(entry) : log;
        }
    }

    /** The transactions up to this one, of which the state is made that is in memory now. */
    Past pastOf(long zxid) {
        return copied != null && copied.zxid() <= zxid ? copied : log.upTo(zxid);
    }

    /** A leader sends its state, which was made of these. */
    void copies(Past past) {
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
        cluster.story().tell(server.name(), "has everything up to", found.lastZxid());
    }

    void stopped() {
        cluster.check().tell(check -> check.stopped(server.sid()));
    }

    void appended(SimDisk.Entry entry) {
        log = log.with(entry);
        long zxid = entry.zxid();
        long content = entry.content();
        cluster.story().mix(content);
        cluster.check().tell(check -> check.appended(server.sid(), zxid, content));
        cluster.story().tell(server.name(), () -> "logs " + Story.number(zxid));
    }

    void cut(long zxid, boolean anew) {
        if (anew) {
            log = Objects.requireNonNull(copied);
            copied = null;
        } else {
            log = log.upTo(zxid);
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
                cluster.story().tell(server.name(), "serves no longer, at", delivered);
            }
            return;
        }
        long zxid = state(view.lastZxid());
        if (now != mode || process.epochBegun() != epoch) {
            begin(now, zxid);
        }
        deliver(delivered, zxid);
        digest(zxid, view.tree().digest());
    }

    /** The same again says nothing new, and most steps change nothing. */
    private void digest(long zxid, long digest) {
        if (zxid != digestZxid || digest != lastDigest) {
            digestZxid = zxid;
            lastDigest = digest;
            cluster.check().tell(check -> check.digest(server.sid(), zxid, digest));
        }
    }

    /** The last transaction in the state; the beginning of an epoch is none. */
    private long state(long lastZxid) {
        if (Zxid.counter(lastZxid) != 0) {
            return lastZxid;
        }
        return log.upTo(lastZxid).zxid();
    }

    private void begin(ServerMode now, long zxid) {
        mode = now;
        copied = null;
        epoch = process.epochBegun();
        cluster.story().tell(server.name(), "serves as " + now.text() + " in epoch " + epoch + ", at", zxid);
        cluster.onServes(server.sid(), now, epoch);
        cluster.check().tell(check -> check.serves(server.sid(), now == ServerMode.LEADER, epoch, zxid));
        deliver(0, zxid);
    }

    private void deliver(long after, long upTo) {
        if (after == upTo) {
            return;
        }
        if (after > upTo) {
            throw new Violation("server %s serves, and its state goes back from %s to %s"
                    .formatted(server.name(), Story.number(after), Story.number(upTo)));
        }
        for (SimDisk.Entry each : log.upTo(upTo).behind(after)) {
            cluster.check().delivered(server.sid(), each.zxid(), each.content());
            cluster.onDelivered(each);
        }
        delivered = upTo;
        cluster.story().tell(server.name(), "has applied", upTo);
    }
}
