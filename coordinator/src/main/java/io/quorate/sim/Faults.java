package io.quorate.sim;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.ServerMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Does to an ensemble what the world does to it: one thing after the other, by chance. Nothing that no ensemble could survive. */
final class Faults {

    private static final double WORST_SYNC_FACTOR = 200;

    private final Cluster cluster;
    private final Chance chance;
    private boolean raging;
    private long count;

    Faults(Cluster cluster) {
        this.cluster = cluster;
        this.chance = cluster.chance().split();
    }

    /** How many there were so far. */
    long count() {
        return count;
    }

    /** Things go wrong from now on. */
    void begin() {
        raging = true;
        next();
    }

    private void next() {
        long mean = (long) (Scheduler.SECOND / cluster.recipe().faultsPerSecond());
        cluster.time().after(chance.between(1, 2 * mean), () -> {
            if (raging) {
                strike();
                next();
            }
        });
    }

    /** Nothing goes wrong any more, and what is broken is mended. */
    void end() {
        raging = false;
        cluster.net().heal();
        for (SimServer server : cluster.servers()) {
            server.heal();
            if (!server.isUp()) {
                cluster.time().after(chance.between(0, Scheduler.SECOND), () -> startIfDown(server));
            }
        }
        cluster.story().tell("", "all is well from now on", 0);
    }

    private void startIfDown(SimServer server) {
        if (!server.isUp()) {
            if (chance.in(0.1) && server.disk().loseNewestSnapshot()) {
                cluster.story().tell("" + server.sid(), "has lost its newest snapshot", 0);
            }
            server.start();
        }
    }

    private void strike() {
        count++;
        int dice = chance.below(100);
        if (dice < 14) {
            crash(anyServer());
        } else if (dice < 19) {
            crash(leaderOrAny());
        } else if (dice < 23) {
            crashMany();
        } else if (dice < 36) {
            partition();
        } else if (dice < 46) {
            block(anySite(), anyServer().sid());
        } else if (dice < 56) {
            breakConnection();
        } else if (dice < 62) {
            slow(anyServer().sid(), anyServer().sid());
        } else if (dice < 70) {
            pause(chance.in(0.4) ? leaderOrAny() : anyServer());
        } else if (dice < 82) {
            disturbDisk(anyServer());
        } else if (dice < 85) {
            stepClock(anyServer());
        } else if (dice < 89) {
            handOver();
        } else if (dice < 93) {
            wipe(anyServer());
        } else {
            breakClient();
        }
    }

    private SimServer anyServer() {
        return chance.oneOf(cluster.servers());
    }

    private SimServer leaderOrAny() {
        SimServer leader = cluster.leader();
        return leader == null ? anyServer() : leader;
    }

    private long anySite() {
        return chance.in(0.8)
                ? anyServer().sid()
                : chance.oneOf(cluster.clients()).site();
    }

    /** A while in which time-outs may come, or not. */
    private long aWhile() {
        long tick = cluster.recipe().tickMillis() * Scheduler.MILLI;
        return chance.in(0.5) ? chance.between(1, 2 * tick) : chance.between(tick, 20 * tick);
    }

    private void crash(SimServer server) {
        if (!server.isUp()) {
            return;
        }
        if (chance.in(0.5)) {
            server.kill();
        } else {
            server.losePower();
        }
        cluster.time().after(aWhile(), () -> startIfDown(server));
    }

    /** Several at once, perhaps all. */
    private void crashMany() {
        boolean all = chance.in(0.5);
        for (SimServer server : cluster.servers()) {
            if (all || chance.in(0.6)) {
                crash(server);
            }
        }
    }

    private void partition() {
        Set<Long> inside = new HashSet<>();
        if (chance.in(0.3)) {
            inside.add(leaderOrAny().sid());
        } else {
            cluster.servers().forEach(server -> {
                if (chance.in(0.5)) {
                    inside.add(server.sid());
                }
            });
        }
        boolean oneWay = chance.in(0.2);
        List<long[]> ways = new ArrayList<>();
        for (SimServer one : cluster.servers()) {
            for (SimServer other : cluster.servers()) {
                boolean out = inside.contains(one.sid()) && !inside.contains(other.sid());
                boolean in = !inside.contains(one.sid()) && inside.contains(other.sid());
                if (out || (in && !oneWay)) {
                    ways.add(new long[] {one.sid(), other.sid()});
                }
            }
        }
        cluster.story().tell("", () -> "servers are cut off: " + inside + (oneWay ? ", one way" : ""));
        ways.forEach(way -> cluster.net().block(way[0], way[1]));
        cluster.time().after(aWhile(), () -> {
            ways.forEach(way -> cluster.net().unblock(way[0], way[1]));
            cluster.story().tell("", () -> "servers are no longer cut off: " + inside);
        });
    }

    private void block(long from, long to) {
        cluster.net().block(from, to);
        cluster.story().tell("", () -> "nothing gets from " + from + " to " + to);
        cluster.time().after(aWhile(), () -> cluster.net().unblock(from, to));
    }

    private void slow(long from, long to) {
        long micros = chance.between(1, cluster.recipe().tickMillis() * Scheduler.MILLI);
        cluster.net().slow(from, to, micros);
        cluster.story().tell("", () -> "slow from " + from + " to " + to);
        cluster.time().after(aWhile(), () -> cluster.net().slow(from, to, 0));
    }

    private void breakConnection() {
        SimServer server = anyServer();
        if (chance.in(0.3)) {
            cluster.elections().breakDown(server.sid(), anyServer().sid());
        } else if (server.isUp()) {
            List<SimLink> links = server.process().links().open();
            if (!links.isEmpty()) {
                SimLink link = chance.oneOf(links);
                cluster.story().tell("" + server.sid(), "has a link broken, to", link.peer());
                link.breakDown();
            }
        }
    }

    private void breakClient() {
        SimClient client = chance.oneOf(cluster.clients());
        if (client.wire() != null) {
            client.wire().breakDown();
        }
    }

    private void pause(SimServer server) {
        if (server.isUp()) {
            server.process().pause(aWhile());
        }
    }

    private void disturbDisk(SimServer server) {
        int dice = chance.below(10);
        if (dice < 3) {
            server.stick(aWhile());
        } else if (dice < 6) {
            server.syncFactor(1 + chance.below((int) WORST_SYNC_FACTOR));
            cluster.time().after(aWhile(), () -> server.syncFactor(1));
        } else if (dice < 8) {
            server.failSnapshot();
        } else {
            server.failSync();
            cluster.time().after(aWhile(), () -> {
                server.heal();
                startIfDown(server);
            });
        }
    }

    /** An operator wants another leader: one that is named, or the best. */
    private void handOver() {
        SimServer leader = cluster.leader();
        if (leader == null || !leader.isUp()) {
            return;
        }
        long to = chance.in(0.5) ? 0 : anyServer().sid();
        cluster.story().tell("" + leader.sid(), "is asked to hand over to", to);
        leader.process().deliver(new Event.HandOverWanted(to, result -> cluster.story()
                .tell("" + leader.sid(), () -> "hand-over: " + result)));
    }

    private void stepClock(SimServer server) {
        long most = chance.in(0.2) ? 3_600_000 : 5000;
        long millis = chance.between(-most, most);
        server.clock().step(millis);
        cluster.story().tell("" + server.sid(), "has its clock set forward by", millis);
    }

    /**
     * A machine loses its disk and its promises with it. That is survived only if no quorum can be made of it and others that
     * have missed something: neither a transaction that it acknowledged nor an epoch.
     */
    private void wipe(SimServer server) {
        if (!mayLose(server)) {
            return;
        }
        if (server.isUp()) {
            server.losePower();
        }
        server.disk().wipe();
        cluster.check().tell(check -> check.wiped(server.sid()));
        cluster.story().tell("" + server.sid(), "has lost its disk", 0);
        cluster.time().after(aWhile(), () -> startIfDown(server));
    }

    private boolean mayLose(SimServer lost) {
        List<Long> voters = cluster.recipe().members().voters();
        if (!voters.contains(lost.sid())) {
            return true;
        }
        long accepted = 0;
        long current = 0;
        for (long sid : voters) {
            accepted = Math.max(accepted, cluster.server(sid).disk().acceptedEpoch());
            current = Math.max(current, cluster.server(sid).disk().currentEpoch());
        }
        Set<Long> lacking = new HashSet<>();
        for (long sid : voters) {
            SimDisk disk = cluster.server(sid).disk();
            boolean hasAll = disk.acceptedEpoch() == accepted
                    && disk.currentEpoch() == current
                    && cluster.durableAtServer(sid, cluster.lastCommitted())
                    && disk.holdsAllOf(lost.disk());
            if (!hasAll || sid == lost.sid()) {
                lacking.add(sid);
            }
        }
        return !cluster.recipe().members().isQuorum(lacking);
    }

    /** True if every server serves, in one epoch, with one leader. */
    boolean isAllServing() {
        SimServer leader = cluster.leader();
        if (leader == null) {
            return false;
        }
        long epoch = leader.process().epochBegun();
        for (SimServer server : cluster.servers()) {
            SimProcess process = server.process();
            boolean serves = process != null
                    && process.observer().mode() != ServerMode.NOT_SERVING
                    && process.epochBegun() == epoch;
            if (!serves) {
                return false;
            }
        }
        return true;
    }
}
