package io.quorate.sim;

import io.quorate.coordinator.core.ServerMode;
import io.quorate.sim.check.Call;
import io.quorate.sim.check.Content;
import io.quorate.sim.check.Invariants;
import io.quorate.sim.check.Violation;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.quorum.Zxid;
import io.quorate.wire.txn.TxnEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** A whole ensemble with its machines, network and clients, in virtual time; and the properties that watch it. */
final class Cluster {

    private static final int DRIFT_PARTS_PER_MILLION = 2000;

    private final Chance chance;
    private final Recipe recipe;
    private final Plant plant;
    private final Scheduler time = new Scheduler();
    private final Story story;
    private final Net net;
    private final SimElectionNet elections;
    private final Invariants check;
    private final ClientCodec codec = new ClientCodec();
    private final List<SimServer> servers = new ArrayList<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Map<Long, Long> contents = new HashMap<>();
    private final Set<Long> epochsLed = new HashSet<>();
    private long number;
    private long lastCommitted;
    private long committed;

    Cluster(Chance chance, Recipe recipe, Plant plant, boolean keepStory) {
        this.chance = chance;
        this.recipe = recipe;
        this.plant = plant;
        this.story = new Story(time, keepStory);
        this.net = new Net(time, chance.split(), recipe.networkLeastMicros(), recipe.networkMostMicros());
        this.elections = new SimElectionNet(this);
        this.check = Invariants.all(recipe.members().voters(), recipe.members()::isQuorum);
        List<Long> sids = new ArrayList<>(recipe.members().voters());
        sids.addAll(recipe.members().observers());
        for (long sid : sids) {
            SimClock clock = new SimClock(
                    time,
                    chance.between(-DRIFT_PARTS_PER_MILLION, DRIFT_PARTS_PER_MILLION),
                    chance.between(1, 1_000_000));
            servers.add(new SimServer(this, sid, clock));
        }
        for (int i = 1; i <= recipe.clients(); i++) {
            clients.add(new SimClient(this, i));
        }
    }

    Chance chance() {
        return chance;
    }

    Recipe recipe() {
        return recipe;
    }

    Plant plant() {
        return plant;
    }

    Scheduler time() {
        return time;
    }

    Story story() {
        return story;
    }

    Net net() {
        return net;
    }

    SimElectionNet elections() {
        return elections;
    }

    Invariants check() {
        return check;
    }

    ClientCodec codec() {
        return codec;
    }

    /** All of them, by id: the first has number 1. */
    List<SimServer> servers() {
        return servers;
    }

    SimServer server(long sid) {
        return servers.get((int) sid - 1);
    }

    List<SimClient> clients() {
        return clients;
    }

    /** A number that was not given before. */
    long nextNumber() {
        return ++number;
    }

    /** Lets so much time pass. */
    void pass(long micros) {
        long until = time.nowMicros() + micros;
        while (time.step(until)) {
            // what is due
        }
    }

    Violation failure(String what) {
        story.tell("", () -> "VIOLATION " + what);
        return new Violation(what);
    }

    void fail(String what, Throwable cause) {
        story.tell("", () -> "VIOLATION " + what);
        throw new Violation(what, cause);
    }

    void onServes(long sid, ServerMode mode, long epoch) {
        if (mode == ServerMode.LEADER) {
            epochsLed.add(epoch);
        }
    }

    /** Some server delivered this. */
    void onDelivered(long zxid, byte[] bytes) {
        if (zxid > lastCommitted) {
            lastCommitted = zxid;
            committed++;
            contents.put(zxid, Content.of(bytes));
            TxnEntry entry = TxnEntry.read(new JuteReader(bytes.length).wrap(new UnsafeBuffer(bytes), 0, bytes.length));
            story.tell(
                    "",
                    () -> "committed " + Story.number(zxid) + "  "
                            + entry.txn().getClass().getSimpleName() + " for "
                            + Long.toHexString(entry.header().clientId()));
            check.tell(each -> each.committed(entry));
        }
    }

    long lastCommitted() {
        return lastCommitted;
    }

    /** Transactions that were committed. */
    long committed() {
        return committed;
    }

    /** Epochs in which somebody served as leader. */
    int epochsLed() {
        return epochsLed.size();
    }

    /** The voters on whose disks the transaction is that this answer names; null if it names none. */
    Set<Long> durableAt(Call call, long zxid) {
        Long content = contents.get(zxid);
        if (Zxid.counter(zxid) == 0 || content == null || call.request() == null) {
            return null;
        }
        Set<Long> voters = new HashSet<>();
        for (long sid : recipe.members().voters()) {
            if (server(sid).disk().holds(zxid, content)) {
                voters.add(sid);
            }
        }
        return voters;
    }

    /** True if this server's disk has the committed transaction; zxid 0 stands for none. */
    boolean durableAtServer(long sid, long zxid) {
        return zxid == 0 || server(sid).disk().holds(zxid, contents.getOrDefault(zxid, -1L));
    }

    /** The server that serves as leader now, in the latest epoch; or null. */
    SimServer leader() {
        SimServer leader = null;
        long epoch = -1;
        for (SimServer server : servers) {
            SimProcess process = server.process();
            if (process != null && process.observer().mode() == ServerMode.LEADER && process.epochBegun() > epoch) {
                leader = server;
                epoch = process.epochBegun();
            }
        }
        return leader;
    }
}
