package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.SnapshotPart.NodePart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Several {@link Zab}s with a service that only remembers what it was told to apply, in virtual time: a network that delays,
 * cuts and forgets, and disks that lose what was not synced. One seed, one run.
 */
final class ZabCluster {

    private static final int LINK_DELAY_MAX = 20;
    private static final int SYNC_DELAY_MAX = 15;

    private record Happening(long atMillis, long order, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** A transaction as the test knows it. */
    record Txn(long zxid, String text) {}

    final Random random;
    final List<Server> servers = new ArrayList<>();
    final StringBuilder trace = new StringBuilder();
    final Map<Long, String> committed = new TreeMap<>();
    final Members members;
    int windowMin = 500;
    long counterMax = 0xffff_fffeL;
    private final PriorityQueue<Happening> queue = new PriorityQueue<>();
    private final boolean[][] cut;
    private long now = 1000;
    private long order;

    ZabCluster(long seed, Members members) {
        this.random = new Random(seed);
        this.members = members;
        int count = members.voters().size() + members.observers().size();
        this.cut = new boolean[count + 1][count + 1];
        for (long sid = 1; sid <= count; sid++) {
            servers.add(new Server(sid));
        }
    }

    long now() {
        return now;
    }

    Server server(long sid) {
        return servers.get((int) sid - 1);
    }

    void cut(long from, long to, boolean isCut) {
        cut[(int) from][(int) to] = isCut;
    }

    private void in(long millis, Runnable what) {
        queue.add(new Happening(now + millis, order++, what));
    }

    void run(long millis) {
        long end = now + millis;
        while (!queue.isEmpty() && queue.peek().atMillis() <= end) {
            Happening next = queue.poll();
            now = Math.max(now, next.atMillis());
            next.what().run();
        }
        now = end;
    }

    private void say(long sid, String what) {
        trace.append("%6d %d %s%n".formatted(now, sid, what));
    }

    Server leader() {
        return servers.stream()
                .filter(server -> server.isUp() && server.zab.isServing() && server.zab.state() == PeerState.LEADING)
                .reduce((first, second) -> first.zab.epoch() > second.zab.epoch() ? first : second)
                .orElse(null);
    }

    /** One server: its process, which may die, and its disk, which remains. */
    final class Server implements Service, LogOut, EpochOut, ElectionOut, LinkOut {

        final long sid;
        Zab zab;

        // The disk
        private final List<Txn> log = new ArrayList<>();
        private List<Txn> snapshot = List.of();
        private long snapshotZxid;
        private long acceptedEpoch;
        private long currentEpoch;

        // The process
        final List<Txn> applied = new ArrayList<>();
        private long appliedZxid;
        boolean serving;
        private int life;
        private long wakeAt;
        private long stoppedUntil;
        private final Orders logOrders = new Orders();
        private final Orders epochOrders = new Orders();
        /** What each order to the log takes at least. */
        long logMillis;

        private final List<End> ends = new ArrayList<>();
        int proposed;

        Server(long sid) {
            this.sid = sid;
        }

        boolean isUp() {
            return zab != null;
        }

        void start() {
            ZabSettings settings =
                    new ZabSettings(sid, members, 2000, 5, 3, 200, 5000, windowMin, 0, 1 << 20, false, counterMax, -1);
            life++;
            serving = false;
            wakeAt = 0;
            load(Long.MAX_VALUE);
            zab = new Zab(settings, this, this, this, this, this, what -> say(sid, what));
            zab.at(now);
            say(sid, "starts at 0x%x, epochs %d %d".formatted(appliedZxid, acceptedEpoch, currentEpoch));
            zab.start(acceptedEpoch, currentEpoch);
            wake();
        }

        /** The process is gone, and nothing of what the disk was told arrived that it did not say had. */
        void crashLosing() {
            logOrders.open.clear();
            epochOrders.open.clear();
            crash();
        }

        /** The process is gone; of what the disk was told, a part may have arrived. */
        void crash() {
            say(sid, "crashes");
            logOrders.loseSome();
            epochOrders.loseSome();
            zab = null;
            life++;
            for (End end : List.copyOf(ends)) {
                end.die();
            }
            ends.clear();
        }

        /** While it is down, its disk gets a promise. */
        void promise(long epoch) {
            acceptedEpoch = epoch;
        }

        private void load(long upTo) {
            applied.clear();
            applied.addAll(snapshot);
            appliedZxid = snapshotZxid;
            for (Txn txn : log) {
                if (txn.zxid() > snapshotZxid && txn.zxid() <= upTo) {
                    applied.add(txn);
                    appliedZxid = txn.zxid();
                }
            }
        }

        void with(long delay, Runnable what) {
            int thisLife = life;
            in(delay, () -> {
                if (zab != null && life == thisLife && now < stoppedUntil) {
                    with(stoppedUntil - now, what);
                } else if (zab != null && life == thisLife) {
                    zab.at(now);
                    what.run();
                    wake();
                }
            });
        }

        private void wake() {
            long next = zab.tick();
            while (next <= now) {
                next = Math.max(now + 1, zab.tick());
            }
            if (wakeAt <= now || next < wakeAt) {
                wakeAt = next;
                with(Math.min(next - now, 100_000), () -> {});
            }
        }

        /** Nothing is done for a while; then time is looked at before what came in meanwhile, as a loop does. */
        void stop(long millis) {
            stoppedUntil = now + millis;
            with(millis, () -> {});
        }

        void propose(String text) {
            zab.at(now);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            zab.propose(zab.nextZxid(), new UnsafeBuffer(bytes), 0, bytes.length);
            proposed++;
        }

        void handOver(long to) {
            zab.at(now);
            say(sid, "asked to hand over to " + to + ": " + zab.handOver(to));
            wake();
        }

        // The disk: orders to a file are carried out one after the other, and come back; files do not wait for each
        // other

        private final class Orders {
            private final List<Runnable> open = new ArrayList<>();
            private long freeAt;

            void give(long leastMillis, Runnable effect, Runnable event) {
                open.add(effect);
                freeAt = Math.max(now, freeAt) + leastMillis + random.nextInt(SYNC_DELAY_MAX);
                with(freeAt - now, () -> {
                    effect.run();
                    open.remove(0);
                    event.run();
                });
            }

            void loseSome() {
                int kept = open.isEmpty() ? 0 : random.nextInt(open.size() + 1);
                open.subList(0, kept).forEach(Runnable::run);
                open.clear();
                freeAt = 0;
            }
        }

        private void disk(Runnable effect, Runnable event) {
            logOrders.give(logMillis, effect, event);
        }

        @Override
        public boolean hasRoom(int entryBytes) {
            return logOrders.open.size() < 50;
        }

        @Override
        public void append(long zxid, DirectBuffer src, int offset, int length) {
            Txn txn = new Txn(zxid, src.getStringWithoutLengthUtf8(offset, length));
            disk(() -> log.add(txn), () -> zab.onLogFlushed(zxid));
        }

        @Override
        public void voidAfter(long zxid) {
            disk(() -> log.removeIf(txn -> txn.zxid() > zxid), () -> zab.onLogCut(zxid));
        }

        @Override
        public void restartAt(long zxid) {
            disk(log::clear, () -> zab.onLogCut(zxid));
        }

        @Override
        public void storeAcceptedEpoch(long epoch) {
            epochOrders.give(0, () -> acceptedEpoch = epoch, () -> zab.onAcceptedEpochStored(epoch));
        }

        @Override
        public void storeCurrentEpoch(long epoch) {
            epochOrders.give(0, () -> currentEpoch = epoch, () -> zab.onCurrentEpochStored(epoch));
        }

        // The network

        @Override
        public void send(long to, Notification notification) {
            if (!cut[(int) sid][(int) to]) {
                Server other = server(to);
                other.arrive(1 + random.nextInt(LINK_DELAY_MAX), () -> other.zab.onNotification(sid, notification));
            }
        }

        private void arrive(long delay, Runnable what) {
            if (zab != null) {
                with(delay, what);
            }
        }

        @Override
        public Link connect(long to) {
            End here = new End(this);
            Server other = server(to);
            if (!other.isUp() || cut[(int) sid][(int) to]) {
                with(100, () -> zab.onLinkGone(here));
                return here;
            }
            End there = new End(other);
            here.other = there;
            there.other = here;
            ends.add(here);
            other.ends.add(there);
            other.with(there.nextArrival(), () -> other.zab.onAccepted(there));
            return here;
        }

        // The service

        @Override
        public long lastApplied() {
            return appliedZxid;
        }

        @Override
        public void apply(long zxid, byte[] entry) {
            String text = new String(entry, StandardCharsets.UTF_8);
            if (zxid <= appliedZxid) {
                throw new AssertionError("0x%x applied after 0x%x".formatted(zxid, appliedZxid));
            }
            applied.add(new Txn(zxid, text));
            appliedZxid = zxid;
            if (serving) {
                String before = committed.putIfAbsent(zxid, text);
                if (before != null && !before.equals(text)) {
                    throw new AssertionError("0x%x is %s here and %s elsewhere".formatted(zxid, text, before));
                }
            }
        }

        @Override
        public void lead(long epoch) {
            serve();
        }

        @Override
        public void learn() {
            serve();
        }

        private void serve() {
            serving = true;
            for (Txn txn : applied) {
                committed.putIfAbsent(txn.zxid(), txn.text());
            }
            check();
        }

        /** Everything that was ever committed is a part of what a server holds that serves, up to where it is. */
        void check() {
            Map<Long, String> held = new TreeMap<>();
            applied.forEach(txn -> held.put(txn.zxid(), txn.text()));
            committed.forEach((zxid, text) -> {
                if (zxid <= appliedZxid && !text.equals(held.get(zxid))) {
                    throw new AssertionError("%d lacks 0x%x %s".formatted(sid, zxid, text));
                }
            });
            if (zab.state() == PeerState.LEADING && !committed.isEmpty()) {
                long last = ((TreeMap<Long, String>) committed).lastKey();
                if (last > appliedZxid) {
                    throw new AssertionError("leader %d lacks 0x%x".formatted(sid, last));
                }
            }
        }

        @Override
        public void retire() {
            serving = false;
        }

        @Override
        public byte[] marker(long zxid) {
            return ("marker " + zxid).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void onForwarded(Learner from, QuorumPacket request) {}

        @Override
        public void onTouches(Learner from, byte[] touches) {}

        @Override
        public void onRevalidate(Learner from, QuorumPacket question) {}

        @Override
        public void onLearnerGone(Learner learner) {}

        @Override
        public byte[] takeTouches() {
            return new byte[0];
        }

        @Override
        public void onSynced() {}

        @Override
        public void onRevalidated(QuorumPacket answer) {}

        @Override
        public void beginLoad() {
            applied.clear();
            appliedZxid = 0;
        }

        @Override
        public void load(SnapshotPart part) {
            NodePart node = (NodePart) part;
            applied.add(new Txn(node.czxid(), node.path()));
        }

        @Override
        public void endLoad(long zxid) {
            appliedZxid = zxid;
        }

        @Override
        public void storeSnapshot() {
            List<Txn> image = List.copyOf(applied);
            long zxid = appliedZxid;
            disk(
                    () -> {
                        snapshot = image;
                        snapshotZxid = zxid;
                    },
                    () -> zab.onSnapshotStored(zxid, true));
        }

        @Override
        public void reload(long zxid) {
            load(zxid);
        }

        @Override
        public boolean canReload(long zxid) {
            return zxid >= snapshotZxid;
        }

        @Override
        public void dropSnapshotsAfter(long zxid) {
            assertThat(snapshotZxid).isLessThanOrEqualTo(zxid);
        }

        @Override
        public boolean canStream() {
            return random.nextInt(4) > 0;
        }

        @Override
        public void stream(Link link) {
            End end = (End) link;
            List<Txn> image = List.copyOf(applied);
            with(random.nextInt(300), () -> {
                for (Txn txn : image) {
                    end.part(new NodePart(txn.text(), null, 0, txn.zxid(), 0, 0, 0, 0, 0, 0, 0, 0));
                }
                end.partsEnd();
                zab.onStreamed(link);
            });
        }
    }

    /** One end of a link. What is in flight when the other end dies may or may not arrive. */
    private final class End implements Link {

        private final Server owner;
        private End other;
        private boolean dead;

        /** Something was lost on the way: nothing behind it can arrive. */
        private boolean broken;

        private long lastArrival;

        End(Server owner) {
            this.owner = owner;
        }

        long nextArrival() {
            lastArrival = Math.max(lastArrival, now + 1 + random.nextInt(LINK_DELAY_MAX));
            return lastArrival - now;
        }

        private void deliver(Runnable what) {
            if (dead || other == null) {
                return;
            }
            End there = other;
            broken |= cut[(int) owner.sid][(int) there.owner.sid];
            if (broken) {
                return;
            }
            there.owner.with(there.nextArrival(), () -> {
                if (!there.dead) {
                    what.run();
                }
            });
        }

        @Override
        public void send(QuorumPacket packet) {
            deliver(() -> other.owner.zab.onPacket(other, packet));
        }

        void part(SnapshotPart part) {
            deliver(() -> other.owner.zab.onPart(other, part));
        }

        void partsEnd() {
            deliver(() -> other.owner.zab.onPartsEnd(other));
        }

        @Override
        public void chunk(byte[] bytes, int length) {
            throw new AssertionError("this service sends parts");
        }

        @Override
        public long unsentBytes() {
            return 0;
        }

        @Override
        public void close() {
            if (!dead && owner.isUp()) {
                owner.with(1, () -> owner.zab.onLinkGone(this));
            }
            die();
        }

        private void die() {
            if (dead) {
                return;
            }
            dead = true;
            owner.ends.remove(this);
            if (other != null && !other.dead) {
                End there = other;
                there.owner.with(there.nextArrival(), () -> {
                    if (!there.dead) {
                        there.dead = true;
                        there.owner.ends.remove(there);
                        there.owner.zab.onLinkGone(there);
                    }
                });
            }
        }
    }
}
