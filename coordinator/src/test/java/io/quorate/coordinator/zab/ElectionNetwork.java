package io.quorate.coordinator.zab;

import static io.quorate.wire.quorum.PeerState.LEADING;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.quorum.Notification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Owns virtual time, and the connections between servers that elect each other. A connection delivers in order and after a
 * while. When it breaks, what is under way is lost; when it comes up, each side repeats what it said last (section 2.4).
 */
final class ElectionNetwork {

    /** What was said, as a test reads it. */
    record Said(long atMillis, long from, long to, Notification what) {

        @Override
        public String toString() {
            return "%d: %d -> %d: %s %d %x %d %d"
                    .formatted(
                            atMillis,
                            from,
                            to,
                            what.state(),
                            what.leader(),
                            what.zxid(),
                            what.electionEpoch(),
                            what.peerEpoch());
        }
    }

    private record Path(long from, long to) implements Comparable<Path> {

        static Path between(long one, long other) {
            return new Path(Math.min(one, other), Math.max(one, other));
        }

        @Override
        public int compareTo(Path other) {
            return from == other.from ? Long.compare(to, other.to) : Long.compare(from, other.from);
        }
    }

    /** Both directions of one pair of servers. */
    private static final class Connection {
        private boolean cut;
        private int breaks;
        private long upAtMillis;
    }

    private record Event(long atMillis, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return atMillis == other.atMillis
                    ? Long.compare(number, other.number)
                    : Long.compare(atMillis, other.atMillis);
        }
    }

    final Members members;
    final List<Said> said = new ArrayList<>();
    private final Random random;
    private final int delayMillisMax;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final SortedMap<Long, ElectingServer> servers = new TreeMap<>();
    private final SortedMap<Path, Connection> connections = new TreeMap<>();
    private final SortedMap<Path, Notification> last = new TreeMap<>();
    private final SortedMap<Path, Long> arrivedMillis = new TreeMap<>();
    private final SortedMap<Long, Long> leaders = new TreeMap<>();
    private long now;
    private long numbers;
    private long committed;

    ElectionNetwork(Members members, Random random, int delayMillisMax) {
        this.members = members;
        this.random = random;
        this.delayMillisMax = delayMillisMax;
        members.voters().forEach(sid -> servers.put(sid, new ElectingServer(sid, this)));
        members.observers().forEach(sid -> servers.put(sid, new ElectingServer(sid, this)));
    }

    long now() {
        return now;
    }

    ElectingServer server(long sid) {
        return servers.get(sid);
    }

    Collection<ElectingServer> servers() {
        return servers.values();
    }

    void at(long millis, Runnable action) {
        events.add(new Event(Math.max(millis, now), numbers++, action));
    }

    void run(long millis) {
        long until = now + millis;
        runUntil(() -> false, millis);
        now = until;
    }

    /** Lets time pass until the condition holds, and says whether it did in time. */
    boolean runUntil(BooleanSupplier condition, long millisMax) {
        long until = now + millisMax;
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().atMillis > until) {
                return false;
            }
            Event next = events.remove();
            now = next.atMillis;
            next.action.run();
        }
        return true;
    }

    /** The server has a process again: those who had something to say to it repeat it. */
    void onStart(long sid) {
        servers.keySet().stream().filter(other -> other != sid).forEach(other -> onUp(sid, other));
    }

    /** The process is gone, and what it had said with it. */
    void onStop(long sid) {
        last.keySet().removeIf(path -> path.from == sid);
        servers.keySet().stream().filter(other -> other != sid).forEach(other -> connection(sid, other).breaks++);
    }

    /** Separates these servers from the others. */
    void isolate(Collection<Long> side) {
        for (long one : side) {
            for (long other : servers.keySet()) {
                if (!side.contains(other)) {
                    Connection connection = connection(one, other);
                    connection.cut = true;
                    connection.breaks++;
                }
            }
        }
    }

    /** All connections come up. */
    void heal() {
        for (Path path : List.copyOf(connections.keySet())) {
            Connection connection = connections.get(path);
            if (connection.cut || connection.upAtMillis > now) {
                connection.cut = false;
                connection.upAtMillis = now;
                onUp(path.from, path.to);
            }
        }
    }

    /** Breaks one connection; it comes up again by itself. */
    void breakFor(long one, long other, long millis) {
        Connection connection = connection(one, other);
        connection.breaks++;
        connection.upAtMillis = now + millis;
        at(connection.upAtMillis, () -> onUp(one, other));
    }

    boolean isUp(long one, long other) {
        Connection connection = connection(one, other);
        return servers.get(one).isRunning()
                && servers.get(other).isRunning()
                && !connection.cut
                && connection.upAtMillis <= now;
    }

    /** A leader begins to serve: it is the only one of its epoch, and has all that was ever committed (P1, P8). */
    void onServing(ElectingServer leader) {
        assertThat(leaders.put(leader.currentEpoch, leader.sid))
                .as("leaders by epoch: %s", leaders)
                .isNull();
        assertThat(leader.lastLogged).isGreaterThanOrEqualTo(committed);
    }

    /** The leader and these followers log one more transaction, which is committed if they are a quorum. */
    void write(ElectingServer leader, SortedSet<Long> followers) {
        long zxid = leader.write(followers);
        SortedSet<Long> logged = new TreeSet<>(followers);
        logged.add(leader.sid);
        if (members.isQuorum(logged)) {
            committed = zxid;
        }
    }

    /** The one server that all others that run follow and that serves with them; null if there is none. */
    ElectingServer leader() {
        List<ElectingServer> running =
                servers.values().stream().filter(ElectingServer::isRunning).toList();
        return running.stream()
                .filter(server -> server.state() == LEADING
                        && running.stream()
                                .allMatch(other -> other == server ? other.serves() : other.isServedBy(server)))
                .findFirst()
                .orElse(null);
    }

    /** Who is what, and what was said last. */
    String story(int count) {
        return Stream.concat(servers.values().stream(), said.stream().skip(Math.max(0, said.size() - count)))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    void send(long from, long to, Notification notification) {
        said.add(new Said(now, from, to, notification));
        last.put(new Path(from, to), notification);
        transmit(new Path(from, to));
    }

    private void onUp(long one, long other) {
        transmit(new Path(one, other));
        transmit(new Path(other, one));
    }

    private void transmit(Path path) {
        Notification notification = last.get(path);
        if (notification == null || !isUp(path.from, path.to)) {
            return;
        }
        Connection connection = connection(path.from, path.to);
        int breaks = connection.breaks;
        long arrives = Math.max(now + 1 + random.nextInt(delayMillisMax), arrivedMillis.getOrDefault(path, 0L));
        arrivedMillis.put(path, arrives);
        at(arrives, () -> {
            if (connection.breaks == breaks) {
                servers.get(path.to).hear(path.from, notification);
            }
        });
    }

    private Connection connection(long one, long other) {
        return connections.computeIfAbsent(Path.between(one, other), path -> new Connection());
    }
}
