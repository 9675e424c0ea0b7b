package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.host.HostShare;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.Orders;
import io.quorate.groups.rebalance.Rebalance;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.groups.rebalance.TreeRead;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One member: the real state machine, with a connection that is slow and breaks, in a process that freezes and dies. */
final class SimMember implements Orders {
    static final long SESSION_TIMEOUT = 3_000;
    /** As the client has it: what is asked beyond that is refused at once. */
    static final int OUTSTANDING_MAX = 10_000;

    final String name;
    final GroupConfig config;
    final SimHost host;
    final HostShare share = new HostShare();
    /** By which orders the host had what it was asked to give up. */
    private final Map<Long, Map<TopicPartition, Long>> askedBack = new TreeMap<>();

    private final World world;
    private final Rebalance machine;
    /** Requests, and what their success does to the watches of the client. */
    private final Map<Long, Runnable> unanswered = new TreeMap<>();
    /** Asked for without a connection; sent with the next one. */
    private final Map<Long, Runnable> unsent = new TreeMap<>();

    private final List<Runnable> held = new ArrayList<>();
    private final SimWatches watches = new SimWatches();
    private World.Session session;
    /** The last one that it gave up while it could tell nobody. */
    private World.Session untold;

    private boolean connected;
    private boolean everConnected;
    /** Connections are counted; what belongs to an earlier one arrives nowhere. */
    private int link;

    private long cutAt = Long.MAX_VALUE;
    private long lastUp;
    private long lastDown;
    private long lastAck;
    private boolean frozen;
    private boolean dead;
    private long wakeAt = Long.MAX_VALUE;
    private boolean outage;

    SimMember(World world, String name, GroupConfig config) {
        this.world = world;
        this.name = name;
        this.config = config;
        this.host = new SimHost(world, this);
        this.machine = new Rebalance(config, world.limits, this, world.random);
    }

    void start() {
        step(machine::start);
        ping();
    }

    Rebalance machine() {
        return machine;
    }

    boolean isDead() {
        return dead;
    }

    /** Whether it does nothing, or gave up a session without a connection, and the server still takes it for one that lives. */
    boolean isStillUnnoticed() {
        boolean isQuiet = (dead || frozen) && session != null && !session.over;
        return isQuiet || (untold != null && !untold.over);
    }

    /** Whether it has a session, as far as the server is concerned. */
    boolean isThere() {
        return !dead && everConnected && session != null && !session.over;
    }

    long sessionId() {
        return session == null ? 0 : session.id;
    }

    /** What a host asks before each batch: never more than nine tenths of a session behind the last answered request. */
    boolean isAlive() {
        return !dead && !frozen && session != null && world.now() < lastAck + SESSION_TIMEOUT * 9 / 10;
    }

    // ---- time

    void step(Runnable event) {
        if (dead) {
            return;
        }
        if (frozen) {
            held.add(event);
            return;
        }
        machine.onTime(world.now(), session == null ? world.now() : lastAck);
        event.run();
        long due = machine.deadline();
        if (due < wakeAt) {
            wakeAt = Math.max(due, world.now() + 1);
            long mine = wakeAt;
            world.after(wakeAt - world.now(), () -> {
                if (mine == wakeAt) {
                    wakeAt = Long.MAX_VALUE;
                    step(() -> {});
                }
            });
        }
    }

    void freeze(long millis) {
        if (frozen || dead) {
            return;
        }
        world.happened();
        world.trace(name + " freezes for " + millis);
        frozen = true;
        world.after(millis, () -> {
            frozen = false;
            world.happened();
            world.trace(name + " thaws");
            List<Runnable> late = List.copyOf(held);
            held.clear();
            late.forEach(this::step);
            wakeAt = Long.MAX_VALUE;
            step(() -> {});
        });
    }

    /** kill -9. */
    void kill() {
        world.trace(name + " is killed");
        dead = true;
        cut();
    }

    /** The server gives the session up. */
    void expire() {
        world.endSession(session);
    }

    // ---- connection

    /** The connection breaks; what is on its way to the server may arrive for a while, what comes from it does not. */
    void cut() {
        if (!connected) {
            return;
        }
        connected = false;
        link++;
        cutAt = world.now() + world.random.nextInt(20);
        world.happened();
        world.trace(name + " loses its connection");
        world.tree.forgetWatches(session.id);
        if (dead) {
            return;
        }
        step(machine::onDisconnected);
        for (long id : List.copyOf(unanswered.keySet())) {
            if (unsent.containsKey(id)) {
                continue;
            }
            answer(id, Answer.none(ErrorCode.CONNECTION_LOSS));
        }
        reconnectIn(50 + world.random.nextInt(400));
    }

    /** No server is reachable until the outage is over. */
    void outage(boolean on) {
        outage = on;
        if (on) {
            cut();
        }
    }

    private void reconnectIn(long millis) {
        World.Session mine = session;
        world.after(millis, () -> {
            if (session != mine || dead || connected) {
                return;
            }
            if (frozen || outage) {
                reconnectIn(100);
            } else {
                connect(mine);
            }
        });
    }

    private void connect(World.Session mine) {
        link++;
        cutAt = Long.MAX_VALUE;
        connected = true;
        long sent = world.now();
        up(() -> {
            if (mine.over) {
                down(() -> expireIf(true));
                return;
            }
            mine.heardAt = world.now();
            List<String> changed = watches.setAgain(world.tree, mine.id);
            down(() -> {
                lastAck = Math.max(lastAck, sent);
                boolean first = !everConnected;
                everConnected = true;
                world.happened();
                world.trace(name + (first ? " has a session" : " is connected again"));
                // What has waited goes first, whatever is asked for now.
                sendWaiting(mine);
                step(() -> {
                    if (first) {
                        machine.onSession(mine.id, SESSION_TIMEOUT);
                    } else {
                        machine.onReconnected();
                    }
                });
                changed.forEach(path -> onWatch(path, EventType.NODE_DELETED));
            });
        });
    }

    private void ping() {
        if (dead) {
            return;
        }
        if (connected && !frozen && everConnected) {
            long sent = world.now();
            World.Session on = session;
            up(() -> {
                boolean over = on.over;
                down(() -> {
                    lastAck = over ? lastAck : Math.max(lastAck, sent);
                    expireIf(over && on == session);
                });
            });
        }
        world.after(SESSION_TIMEOUT / 6, this::ping);
    }

    private void up(Runnable action) {
        int mine = link;
        World.Session on = session;
        lastUp = Math.max(lastUp, world.now() + world.delay());
        world.after(lastUp - world.now(), () -> {
            boolean arrives = mine == link || world.now() < cutAt;
            if (arrives && on == session) {
                if (!on.over) {
                    on.heardAt = world.now();
                }
                action.run();
            }
        });
    }

    private void down(Runnable action) {
        int mine = link;
        lastDown = Math.max(lastDown, world.now() + world.delay());
        world.after(lastDown - world.now(), () -> {
            if (mine == link && !dead) {
                action.run();
            }
        });
    }

    void deliverEvent(World.Session on, String path, EventType type) {
        if (on == session && connected) {
            down(() -> onWatch(path, type));
        }
    }

    private void onWatch(String path, EventType type) {
        watches.fired(path);
        step(() -> machine.onWatch(path, type));
    }

    // ---- what the host wants, as in the real member

    void commit(long id, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> had = share.orders(offsets.keySet());
        step(() -> {
            if (offsets.keySet().stream().allMatch(each -> share.isStillHad(each, had))) {
                machine.commit(id, offsets);
            } else {
                host.committed(id, "not all of these are owned");
            }
        });
    }

    void stage(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> had = share.orders(offsets.keySet());
        step(() -> {
            Map<TopicPartition, Long> still = new TreeMap<>(offsets);
            still.keySet().removeIf(each -> !share.isStillHad(each, had));
            machine.stage(still);
        });
    }

    void stopped(long revocation) {
        step(() -> {
            share.stopped(askedBack.getOrDefault(revocation, Map.of()));
            machine.onRevoked(revocation);
        });
    }

    // ---- orders: requests

    private void request(long id, Supplier<Answer> atServer, Runnable whenAnswered) {
        unanswered.put(id, whenAnswered);
        if (unanswered.size() > world.outstandingMax) {
            world.after(1, () -> answer(id, Answer.none(ErrorCode.SYSTEM_ERROR)));
            return;
        }
        if ((!connected || !everConnected) && world.requestsWait) {
            unsent.put(id, () -> send(id, atServer));
        } else if (!connected || !everConnected) {
            world.after(1, () -> answer(id, Answer.none(ErrorCode.CONNECTION_LOSS)));
        } else {
            send(id, atServer);
        }
    }

    private void sendWaiting(World.Session on) {
        List<Runnable> waiting = List.copyOf(unsent.values());
        unsent.clear();
        if (on == session) {
            waiting.forEach(Runnable::run);
        }
    }

    private void send(long id, Supplier<Answer> atServer) {
        long sent = world.now();
        World.Session on = session;
        up(() -> {
            Answer result = on.over ? Answer.none(ErrorCode.SESSION_EXPIRED) : atServer.get();
            down(() -> {
                lastAck = result.error() == ErrorCode.SESSION_EXPIRED ? lastAck : Math.max(lastAck, sent);
                answer(id, result);
                expireIf(result.error() == ErrorCode.SESSION_EXPIRED && on == session);
            });
        });
    }

    private void expireIf(boolean over) {
        if (over) {
            connected = false;
            link++;
            step(machine::onExpired);
        }
    }

    private void answer(long id, Answer answer) {
        Runnable whenAnswered = unanswered.remove(id);
        if (whenAnswered != null) {
            if (answer.isOk()) {
                whenAnswered.run();
            }
            step(() -> machine.onAnswer(id, answer));
        }
    }

    @Override
    public void openSession() {
        closeSession();
        everConnected = false;
        session = world.openSession(this, SESSION_TIMEOUT);
        lastAck = world.now();
        reconnectIn(10 + world.random.nextInt(100));
    }

    @Override
    public void closeSession() {
        if (session == null) {
            return;
        }
        World.Session old = session;
        boolean tells = connected;
        session = null;
        connected = false;
        link++;
        unanswered.clear();
        unsent.clear();
        watches.clear();
        if (tells) {
            world.after(world.delay(), () -> world.endSession(old));
        } else {
            untold = old;
        }
    }

    @Override
    public void multi(long id, List<TreeOp> ops) {
        long on = session.id;
        Supplier<Answer> atServer = () -> {
            Answer refusal = world.refusal.apply(ops);
            world.refused += refusal == null ? 0 : 1;
            Answer result = refusal == null ? world.tree.multi(on, ops) : refusal;
            world.trace(name + " " + ops + " -> " + result.error() + " " + result.index());
            return result;
        };
        request(id, atServer, () -> {});
    }

    @Override
    public void read(long id, List<TreeRead> reads) {
        long on = session.id;
        Supplier<Answer> atServer = () -> {
            if (world.failedReads.test(reads.toString())) {
                return Answer.none(ErrorCode.OPERATION_TIMEOUT);
            }
            world.checks.kept.onRead(on, reads);
            return world.tree.read(reads);
        };
        request(id, atServer, () -> {});
    }

    @Override
    public void exists(long id, String path) {
        long on = session.id;
        request(id, () -> world.tree.exists(on, path), () -> watches.addOneShot(path));
    }

    @Override
    public void watch(long id, String path, boolean recursive) {
        long on = session.id;
        Supplier<Answer> atServer = () -> {
            world.tree.watch(on, path, recursive);
            return Answer.of(List.of());
        };
        request(id, atServer, () -> watches.add(path, recursive));
    }

    @Override
    public void unwatch(long id, String path, boolean recursive) {
        long on = session.id;
        request(id, () -> world.tree.unwatch(on, path, recursive), () -> watches.remove(path, recursive));
    }

    // ---- orders: host

    @Override
    public void assigned(Map<TopicPartition, OptionalLong> offsets) {
        world.trace(name + " assigned " + offsets);
        long order = share.assigned(offsets.keySet());
        host.assigned(offsets, order);
    }

    @Override
    public void revoke(long revocation, Set<TopicPartition> partitions) {
        world.trace(name + " revoke " + partitions);
        askedBack.put(revocation, share.askedBack(partitions));
        host.revoke(revocation, Set.copyOf(partitions));
    }

    @Override
    public void revokeOverdue(Set<TopicPartition> partitions) {
        world.trace(name + " overdue " + partitions);
        share.lost(partitions);
        host.interrupt();
        host.stop(Set.copyOf(partitions));
    }

    @Override
    public void lost(Set<TopicPartition> partitions) {
        world.trace(name + " lost " + partitions);
        share.lost(partitions);
        host.stop(Set.copyOf(partitions));
    }

    @Override
    public void moved(long move, TopicPartition partition, long offset) {
        world.trace(name + " moved " + partition + " to " + offset);
        host.seek(partition, offset, () -> step(() -> machine.onMoved(move)));
    }

    @Override
    public void complain(String what) {
        world.trace(name + " complains: " + what);
    }

    @Override
    public void committed(long commit, String failure) {
        host.committed(commit, failure);
    }

    @Override
    public void offsets(long read, Map<TopicPartition, OptionalLong> offsets, String failure) {
        world.trace(name + " read " + (failure == null ? offsets : failure));
    }

    @Override
    public void alarm(Alarm alarm) {
        world.trace(name + " alarm " + alarm);
    }

    @Override
    public void ended(End end, String reason) {
        world.trace(name + " ended " + end + ": " + reason);
        dead = true;
    }
}
