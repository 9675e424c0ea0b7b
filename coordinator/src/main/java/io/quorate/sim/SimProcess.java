package io.quorate.sim;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.EnsembleParts;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.sim.check.Violation;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.Zxid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One life of one server, from its start to its end: the production core, and around it what carries out its orders. All that
 * happens to the core goes through {@link #deliver}.
 */
final class SimProcess implements Seam {

    private final Cluster cluster;
    private final SimServer server;
    private final Chance chance;
    private final Observation observation;
    private final SimEpochs epochs;
    private final SimLinks links;
    private final SimSnapshots snapshots;
    private final Core core;
    private final List<ClientWire> wires = new ArrayList<>();
    private final Deque<Event> held = new ArrayDeque<>();
    private boolean paused;
    private boolean over;
    private boolean batchOpen;
    private boolean tickDue;
    private long timer;
    private long epochBegun = -1;

    SimProcess(Cluster cluster, SimServer server) {
        this.cluster = cluster;
        this.server = server;
        this.chance = cluster.chance().split();
        this.observation = new Observation(cluster, server);
        Plant plant = cluster.plant();
        SimLog log = new SimLog(this, server.disk());
        epochs = new SimEpochs(this, server.disk());
        links = new SimLinks(this);
        snapshots = new SimSnapshots(this, server.disk());
        ElectionOut election = plant.election(this, this::notify);
        core = new Core(
                cluster.recipe().core(sid()),
                plant.log(this, log),
                snapshots,
                new EnsembleParts(
                        cluster.recipe().zab(sid()),
                        plant.epochs(this, epochs),
                        election,
                        links,
                        text -> cluster.story().tell(name(), () -> text),
                        plant.stored(this, new SimStored(server.disk())),
                        false,
                        cluster.recipe().keepClientsMillis()));
    }

    @Override
    public long sid() {
        return server.sid();
    }

    String name() {
        return Long.toString(sid());
    }

    @Override
    public Chance chance() {
        return chance;
    }

    Cluster cluster() {
        return cluster;
    }

    SimServer server() {
        return server;
    }

    SimLinks links() {
        return links;
    }

    Observation observer() {
        return observation;
    }

    boolean isOver() {
        return over;
    }

    /** The epoch of the leader that this server last heard NEWLEADER of, or sent it as. */
    long epochBegun() {
        return epochBegun;
    }

    /** Loads what the disk has, and begins. */
    void start() {
        guarded(() -> {
            Recovery recovery = core.recovery();
            cluster.plant().stored(this, new SimStored(server.disk())).load(recovery, Long.MAX_VALUE);
            Recovery.DigestCheck digests = recovery.finish();
            if (digests == Recovery.DigestCheck.DIFFERENT) {
                throw new Violation("server " + sid() + " starts with a tree of another digest than it had");
            }
            StartEpochs found = StartEpochs.of(server.disk());
            observation.started(found);
            tellTime();
            core.epochs(found.accepted(), found.current());
            core.start();
            endBatch();
        });
    }

    /** The process is gone; the machine may go on. */
    void end(boolean machineGoesOn) {
        over = true;
        epochs.crash(chance.between(0, epochs.pending()));
        observation.stopped();
        links.processEnds(machineGoesOn);
        cluster.elections().processEnds(this);
        new ArrayList<>(wires).forEach(wire -> wire.serverEnds(machineGoesOn));
        wires.clear();
        held.clear();
    }

    @Override
    public void after(long micros, Runnable action) {
        cluster.time().after(micros, () -> {
            if (!over) {
                action.run();
            }
        });
    }

    /** Nothing happens in this process for a while; then all that came meanwhile does at once. */
    void pause(long micros) {
        if (!paused) {
            paused = true;
            cluster.story().tell(name(), "is paused for microseconds:", micros);
            after(micros, this::resume);
        }
    }

    private void resume() {
        paused = false;
        while (!held.isEmpty() && !over && !paused) {
            take(held.poll());
        }
        if (tickDue && !paused) {
            tickDue = false;
            openBatch();
        }
        requestsWait();
    }

    @Override
    public void deliver(Event event) {
        if (over) {
            return;
        }
        if (paused) {
            held.add(event);
        } else {
            take(event);
        }
    }

    private void take(Event event) {
        guarded(() -> {
            tellTime();
            event.deliver(core);
            observation.observe(this, core);
            openBatch();
        });
    }

    /** What follows a batch of events comes when all that was ready has been taken. */
    private void openBatch() {
        if (!batchOpen) {
            batchOpen = true;
            after(chance.in(0.8) ? 0 : chance.between(0, 100), () -> guarded(this::endBatch));
        }
    }

    private void endBatch() {
        batchOpen = false;
        if (paused) {
            tickDue = true;
            return;
        }
        tellTime();
        long next = core.tick();
        observation.observe(this, core);
        if (next != Long.MAX_VALUE) {
            arm(
                    next <= server.clock().monotonicMillis()
                            ? chance.between(1, 100)
                            : server.clock().microsUntil(next));
        }
        pump();
    }

    private void arm(long micros) {
        long mine = ++timer;
        after(micros, () -> {
            if (mine == timer && !batchOpen) {
                guarded(this::endBatch);
            }
        });
    }

    private void tellTime() {
        core.at(server.clock().monotonicMillis(), server.clock().wallMillis());
    }

    /** What the core throws ends the process in production; here it ends the run, and nobody goes on as if nothing was. */
    private void guarded(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException | Error e) {
            cluster.fail("server " + sid() + " dies: " + e, e);
        }
    }

    // The election port

    private void notify(long sid, Notification notification) {
        cluster.story().mix(notification.leader() ^ notification.zxid());
        cluster.story().tell(name(), () -> "⇢ " + sid + "  " + Narration.of(notification));
        cluster.elections().send(this, sid, notification);
    }

    void onNotification(long from, Notification notification) {
        deliver(new Event.PeerNotified(from, notification));
    }

    void onAbsent(long member) {
        deliver(new Event.PeerAbsent(member));
    }

    // The quorum port

    void onAccepted(SimLink link) {
        deliver(new Event.LinkAccepted(link.face()));
    }

    void onPacket(SimLink link, QuorumPacket packet) {
        if (packet.packetType() == PacketType.NEWLEADER) {
            epochBegun = Zxid.epoch(packet.zxid());
        }
        if (cluster.plant().takes(this, link.face(), packet)) {
            deliver(new Event.LinkPacket(link.face(), packet));
        }
    }

    void onSent(QuorumPacket packet) {
        if (packet.packetType() == PacketType.NEWLEADER) {
            epochBegun = Zxid.epoch(packet.zxid());
        }
    }

    void onPart(SimLink link, SnapshotPart part) {
        if (cluster.plant().takes(this, part)) {
            deliver(new Event.LinkPart(link.face(), part));
        }
    }

    void onPartsEnd(SimLink link) {
        deliver(new Event.LinkPartsEnd(link.face()));
    }

    void onLinkGone(SimLink link) {
        cluster.story().tell(name(), "link is gone to", link.peer());
        deliver(new Event.LinkGone(link.face()));
    }

    // The disk

    void onSynced(SimDisk.LogRecord written) {
        if (written instanceof SimDisk.Batch batch) {
            long zxid = batch.lastZxid();
            cluster.check().tell(check -> check.flushed(sid(), zxid));
            cluster.story().tell(name(), "has on disk", zxid);
            deliver(new Event.LogFlushed(zxid));
        } else if (written instanceof SimDisk.VoidAfter cut) {
            onCut(cut.zxid(), false);
        } else if (written instanceof SimDisk.RestartAt cut) {
            onCut(cut.zxid(), true);
        }
    }

    private void onCut(long zxid, boolean anew) {
        cluster.check().tell(check -> check.cutDone(sid(), zxid, anew));
        cluster.story().tell(name(), anew ? "has its log begin behind" : "has its log cut behind", zxid);
        deliver(new Event.LogCut(zxid));
    }

    void onEpochStored(boolean accepted, long epoch) {
        cluster.check().tell(check -> check.epochStored(sid(), accepted, epoch));
        cluster.story().tell(name(), accepted ? "has accepted epoch" : "has current epoch", epoch);
        deliver(accepted ? new Event.AcceptedEpochStored(epoch) : new Event.CurrentEpochStored(epoch));
    }

    void onSnapshotDone(long zxid, long bytes) {
        if (bytes >= 0) {
            cluster.check().tell(check -> check.snapshotStored(sid(), zxid));
        }
        cluster.story().tell(name(), bytes >= 0 ? "has a snapshot of" : "gave up the snapshot of", zxid);
        deliver(new Event.SnapshotDone(zxid, bytes));
    }

    // Clients

    void attach(ClientWire wire) {
        wires.add(wire);
        deliver(new Event.ClientCame(wire.core()));
    }

    void detach(ClientWire wire) {
        if (wires.remove(wire)) {
            deliver(new Event.ClientGone(wire.core()));
        }
    }

    /** A client's requests wait: they are taken as soon as there is room. */
    void requestsWait() {
        if (!paused) {
            guarded(this::pump);
        }
    }

    private void pump() {
        for (ClientWire wire : List.copyOf(wires)) {
            Event next = core.isFull() ? null : wire.next();
            while (next != null && !over) {
                take(next);
                next = core.isFull() ? null : wire.next();
            }
        }
    }
}
