package io.quorate.coordinator.core;

import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.coordinator.zab.Zab;
import io.quorate.wire.proto.OpCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The server as an operator may see it. Valid only inside {@link Event.Inspect}, on the core's thread. */
public final class ServerView {

    /** One connection; {@code session} is 0 and {@code lastOp} null where there is none. Times in milliseconds. */
    public record Connection(
            ConnectionFacts facts,
            int waiting,
            long session,
            OpCode lastOp,
            long establishedWallMillis,
            int timeoutMillis,
            int lastXid,
            long lastZxid,
            long lastResponseMillis,
            long lastLatencyMillis,
            Latency latency) {}

    private final Core core;

    ServerView(Core core) {
        this.core = core;
    }

    public long lastZxid() {
        return core.lastZxid();
    }

    public DataTree tree() {
        return core.tree();
    }

    public SessionTable sessions() {
        return core.sessions();
    }

    public ServerStats stats() {
        return core.stats();
    }

    /** Requests taken and not answered yet. */
    public int outstanding() {
        return core.role().outstanding();
    }

    /** What this server is for its clients now. */
    public ServerMode mode() {
        return core.role().mode();
    }

    /** What this server is in its ensemble; empty for a server on its own. */
    public Optional<Zab> quorum() {
        return Optional.ofNullable(core.quorum());
    }

    /**
     * Lets another member lead.
     *
     * @param successor its number; 0 for whichever is best
     * @param told what came of it, once, now or later on the core's thread
     */
    public void handOver(long successor, Consumer<HandOverResult> told) {
        core.handOver(successor, told);
    }

    /** False while writes are refused for want of disk space. */
    public boolean hasSpace() {
        return core.hasSpace();
    }

    public int tickMillis() {
        return core.settings().tickMillis();
    }

    /** The monotonic clock, in milliseconds: what session deadlines are measured by. */
    public long nowMillis() {
        return core.nowMillis();
    }

    /** The wall clock, in milliseconds. */
    public long wallMillis() {
        return core.wallMillis();
    }

    public WatchTable<?> watches() {
        return core.watches();
    }

    /** Visits the data watches: session and path. */
    public void forEachDataWatch(BiConsumer<Long, String> visitor) {
        core.watches().forEachData((client, path) -> visitor.accept(client.sessionId(), path));
    }

    /** Number of open connections. */
    public int connectionCount() {
        return core.clients().size();
    }

    /** All open connections, those without a session too, in the order in which they came. */
    public List<Connection> connections() {
        List<Client> clients = new ArrayList<>(core.clients());
        clients.sort(Comparator.comparingLong(client -> client.number));
        List<Connection> connections = new ArrayList<>(clients.size());
        for (Client client : clients) {
            ClientStats stats = client.stats;
            connections.add(new Connection(
                    client.out.facts(),
                    client.waiting.size(),
                    client.sessionId(),
                    stats.lastOp,
                    stats.establishedWallMillis,
                    client.timeoutMillis,
                    stats.lastXid,
                    stats.lastZxid,
                    stats.lastResponseMillis,
                    stats.lastLatencyMillis,
                    stats.latency));
        }
        return connections;
    }

    /** Forgets what was counted for the server. */
    public void resetServerStats() {
        core.stats().reset();
    }

    /** Forgets what was counted for each connection. */
    public void resetConnectionStats() {
        core.clients().forEach(client -> client.stats.reset());
    }
}
