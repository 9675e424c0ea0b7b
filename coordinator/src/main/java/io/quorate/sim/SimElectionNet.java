package io.quorate.sim;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.Notification;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The election ports of all servers: one connection for each pair, made when there is something to say. To each peer only the
 * newest message waits, and the last one is said again when a connection comes up (quorum protocol, section 2.4).
 */
final class SimElectionNet {

    private static final int LENGTH_MAX = 1 << 16;

    private record Pair(long lower, long higher) {
        static Pair of(long one, long other) {
            return new Pair(Math.min(one, other), Math.max(one, other));
        }
    }

    /** One server's side of a pair; forgotten with its process. */
    private static final class Side {
        final SimProcess process;
        Notification waiting;
        Notification last;

        Side(SimProcess process) {
            this.process = process;
        }
    }

    private final Cluster cluster;
    private final Map<Pair, Connection> connections = new LinkedHashMap<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
    private final JuteWriter writer = new JuteWriter();
    private final JuteReader reader = new JuteReader(LENGTH_MAX);

    SimElectionNet(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What one process wants to say to a peer. */
    void send(SimProcess from, long to, Notification notification) {
        connection(from.sid(), to).send(from, notification);
    }

    private Connection connection(long one, long other) {
        return connections.computeIfAbsent(Pair.of(one, other), Connection::new);
    }

    /** Breaks the connection of a pair, if there is one. */
    void breakDown(long one, long other) {
        Connection connection = connections.get(Pair.of(one, other));
        if (connection != null) {
            connection.down();
        }
    }

    void processEnds(SimProcess process) {
        connections.values().forEach(connection -> connection.forget(process));
    }

    private byte[] encode(Notification notification) {
        notification.write(writer.wrap(buffer, 0));
        byte[] bytes = new byte[writer.position()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private Notification decode(byte[] bytes) {
        return Notification.read(reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    /** The connection of one pair. */
    private final class Connection {
        private final Pair pair;
        private final Map<Long, Side> sides = new HashMap<>();
        private Pipe<byte[]> up;
        private Pipe<byte[]> down;
        private boolean dialling;

        Connection(Pair pair) {
            this.pair = pair;
        }

        private long peer(long sid) {
            return sid == pair.lower ? pair.higher : pair.lower;
        }

        private Side side(SimProcess process) {
            Side side = sides.get(process.sid());
            if (side == null || !side.process.equals(process)) {
                side = new Side(process);
                sides.put(process.sid(), side);
            }
            return side;
        }

        void send(SimProcess from, Notification notification) {
            Side side = side(from);
            side.waiting = notification;
            if (up != null) {
                pump(side);
            } else {
                dial();
            }
        }

        private void pump(Side side) {
            if (side.waiting != null) {
                Pipe<byte[]> pipe = side.process.sid() == pair.lower ? up : down;
                byte[] bytes = encode(side.waiting);
                side.last = side.waiting;
                side.waiting = null;
                pipe.send(bytes, bytes.length);
            }
        }

        private void dial() {
            if (dialling) {
                return;
            }
            dialling = true;
            long delay = cluster.net().delayMicros(pair.lower, pair.higher)
                    + cluster.net().delayMicros(pair.higher, pair.lower);
            cluster.time().after(delay, this::connect);
        }

        private void connect() {
            dialling = false;
            SimProcess lower = cluster.server(pair.lower).process();
            SimProcess higher = cluster.server(pair.higher).process();
            if (up != null) {
                return;
            }
            if (lower == null || higher == null || !cluster.net().connects(pair.lower, pair.higher)) {
                refuse(lower, higher);
                retry();
                return;
            }
            up = new Pipe<>(cluster.net(), pair.lower, pair.higher, bytes -> arrived(higher, bytes), () -> {});
            down = new Pipe<>(cluster.net(), pair.higher, pair.lower, bytes -> arrived(lower, bytes), () -> {});
            start(side(lower));
            start(side(higher));
        }

        /** The machine of a server that is down answers for it, if the network lets it. */
        private void refuse(SimProcess lower, SimProcess higher) {
            SimProcess there = lower == null ? higher : lower;
            boolean oneIsDown = lower == null ^ higher == null;
            if (oneIsDown && cluster.net().connects(pair.lower, pair.higher)) {
                there.onAbsent(peer(there.sid()));
            }
        }

        private void start(Side side) {
            if (side.waiting == null) {
                side.waiting = side.last;
            }
            pump(side);
        }

        /** Whoever still has something to say tries again. */
        private void retry() {
            boolean wanted = sides.values().stream().anyMatch(side -> side.waiting != null && !side.process.isOver());
            if (wanted) {
                dialling = true;
                cluster.time().after(cluster.chance().between(20, 200) * Scheduler.MILLI, this::connect);
            }
        }

        private void arrived(SimProcess at, byte[] bytes) {
            if (!at.isOver()) {
                at.onNotification(peer(at.sid()), decode(bytes));
            }
        }

        void down() {
            if (up != null) {
                up.kill();
                down.kill();
                up = null;
                down = null;
                retry();
            }
        }

        void forget(SimProcess process) {
            Side side = sides.get(process.sid());
            if (side != null && side.process.equals(process)) {
                sides.remove(process.sid());
                down();
            } else if (pair.lower == process.sid() || pair.higher == process.sid()) {
                down();
            }
        }
    }
}
