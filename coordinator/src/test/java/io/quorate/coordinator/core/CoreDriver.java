package io.quorate.coordinator.core;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.Ensemble;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.coordinator.zab.Service;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/** Runs a real core in virtual time: the log flushes when the test says so, or at once. */
public final class CoreDriver {

    /** Settings with a tick of a second, timeouts from 2 to 20 seconds, and nothing switched off. */
    public static final CoreSettings SETTINGS = settings(OpSettings.DEFAULT, 1000);

    /** The wall clock at the beginning of every test: 2026-11-21 01:00:00 UTC. */
    public static final long WALL_MILLIS = 1_795_222_800_000L;

    private final Core core;
    private final Log log = new Log();
    private final Snapshots snapshots = new Snapshots();
    private long connections;
    private long elapsedMillis;
    private boolean flushing = true;

    /** A log whose entries are kept in memory. */
    private static final class Log implements LogOut {
        final List<byte[]> entries = new ArrayList<>();
        long last;
        boolean hasRoom = true;

        @Override
        public boolean hasRoom(int entryBytes) {
            return hasRoom;
        }

        @Override
        public void append(long zxid, DirectBuffer src, int offset, int length) {
            byte[] entry = new byte[length];
            src.getBytes(offset, entry);
            entries.add(entry);
            last = zxid;
        }
    }

    /** Snapshots go nowhere; what was ordered is written down. */
    private static final class Snapshots implements SnapshotOut {
        final List<String> lines = new ArrayList<>();

        @Override
        public void begin(long zxid) {
            lines.add("begin " + zxid);
        }

        @Override
        public void chunk(byte[] bytes, int length) {}

        @Override
        public void end(long zxid, int digestVersion, long digest) {
            lines.add("end " + zxid);
        }

        @Override
        public void abandon() {
            lines.add("abandon");
        }

        @Override
        public boolean hasRoom() {
            return true;
        }
    }

    public CoreDriver() {
        this(SETTINGS);
    }

    public CoreDriver(CoreSettings settings) {
        this(settings, null, null);
    }

    /** A member of an ensemble whose quorum is the test's; null for a server on its own. */
    CoreDriver(CoreSettings settings, EnsembleParts parts, Function<Service, Ensemble> ensemble) {
        core = new Core(settings, log, snapshots, parts, ensemble);
        tellTime();
        core.start();
    }

    /** Settings of one's own: what operations may do, and how many transactions may be in flight. */
    public static CoreSettings settings(OpSettings ops, int inFlightMax) {
        return settings(1, ops, inFlightMax);
    }

    /** As above, for one server of several. */
    static CoreSettings settings(int serverId, OpSettings ops, int inFlightMax) {
        return new CoreSettings(
                serverId,
                1000,
                2000,
                20_000,
                inFlightMax,
                1 << 20,
                true,
                true,
                ops,
                new CoreSettings.Containers(60_000, 10_000, 0),
                new CoreSettings.Snapshots(0, 0, Long.MAX_VALUE));
    }

    public Core core() {
        return core;
    }

    /** From here on nothing is flushed until {@link #flush}. */
    public void holdLog() {
        flushing = false;
    }

    /** Everything appended so far is on disk. */
    public void flush() {
        core.onLogFlushed(log.last);
    }

    /** Whether the log takes entries. */
    public void logHasRoom(boolean room) {
        log.hasRoom = room;
    }

    /** What the snapshot agent was ordered since the last call, but for the bytes. */
    List<String> snapshotOrders() {
        List<String> taken = List.copyOf(snapshots.lines);
        snapshots.lines.clear();
        return taken;
    }

    /** What was appended, in order. */
    public List<byte[]> logged() {
        return log.entries;
    }

    /** Lets time pass, in steps no longer than the core asks for. */
    public void pass(long millis) {
        long until = elapsedMillis + millis;
        long next = core.tick();
        flushIfWanted();
        while (next <= until) {
            elapsedMillis = Math.max(next, elapsedMillis + 1);
            tellTime();
            next = core.tick();
            flushIfWanted();
        }
        elapsedMillis = until;
        tellTime();
        core.tick();
        flushIfWanted();
    }

    /** Lets time pass in one step and returns how long after the start the core wants to be called next. */
    public long callAfter(long millis) {
        elapsedMillis += millis;
        tellTime();
        return core.tick();
    }

    private void tellTime() {
        core.at(elapsedMillis, WALL_MILLIS + elapsedMillis);
    }

    private void flushIfWanted() {
        if (flushing) {
            flush();
        }
    }

    /** Delivers an event. */
    public void deliver(Event event) {
        event.deliver(core);
        flushIfWanted();
    }

    /** A connection without a session. */
    public RecordingClient open() {
        RecordingClient client = new RecordingClient(++connections);
        deliver(new Event.ClientCame(client.client()));
        return client;
    }

    /** Asks for a new session. */
    public void connect(RecordingClient client, int timeoutMillis) {
        deliver(new Event.ClientConnects(
                client.client(), new ConnectRequest(0, 0, timeoutMillis, 0, new byte[16], false, true)));
    }

    /** A connection with a session of ten seconds, and nothing written down yet. */
    public RecordingClient connected() {
        RecordingClient client = open();
        connect(client, 10_000);
        client.take();
        return client;
    }

    /** Asks to resume a session on a connection. */
    public void resume(RecordingClient client, long session, byte[] password) {
        deliver(new Event.ClientConnects(
                client.client(), new ConnectRequest(0, 0, 10_000, session, password, false, true)));
    }

    public void request(RecordingClient client, int xid, OpCode op, Request request) {
        deliver(new Event.ClientRequests(client.client(), xid, op, request));
    }

    /** Asks for a node open to all and without data. */
    public void create(RecordingClient client, int xid, String path, int flags) {
        request(client, xid, OpCode.CREATE, new CreateRequest(path, null, Acl.OPEN_UNSAFE, flags));
    }

    /** Sets the data of a node to nothing. */
    public void setData(RecordingClient client, int xid, String path) {
        request(client, xid, OpCode.SET_DATA, new SetDataRequest(path, null, -1));
    }

    public void delete(RecordingClient client, int xid, String path) {
        request(client, xid, OpCode.DELETE, new DeleteRequest(path, -1));
    }

    public void exists(RecordingClient client, int xid, String path, boolean watch) {
        request(client, xid, OpCode.EXISTS, new ExistsRequest(path, watch));
    }

    /** True if the node is in the committed tree. */
    public boolean isThere(String path) {
        return core.tree().get(path) != null;
    }

    /** The modes in which a client watches a path. */
    public int modes(RecordingClient client, String path) {
        return core.watches().modes(path, client.client());
    }

    /** Looks at the server. */
    public void look(Consumer<ServerView> visitor) {
        deliver(new Event.Inspect(visitor));
    }

    public long lastZxid() {
        return core.lastZxid();
    }
}
