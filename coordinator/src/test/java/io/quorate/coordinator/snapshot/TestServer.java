package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.SnapshotOut;
import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core in virtual time, whose log is a list and whose clients only count errors. */
final class TestServer implements LogOut {

    /** Entries in the order of their zxids, from 1. */
    final List<byte[]> log = new ArrayList<>();

    final Core core;
    private long millis = 1_000_000;
    private long lastZxid;
    private int xid;
    private int clients;

    TestServer(SnapshotOut snapshots) {
        core = new Core(settings(true), this, snapshots);
        core.at(millis, millis);
        core.start();
    }

    static CoreSettings settings(boolean digests) {
        return new CoreSettings(
                1,
                2000,
                4000,
                40_000,
                1_000,
                1 << 20,
                digests,
                true,
                new OpSettings(false, true, true, true),
                new CoreSettings.Containers(60_000, 10_000, 0),
                new CoreSettings.Snapshots(0, 0, Long.MAX_VALUE));
    }

    Client connect() {
        Client client = new Client(new Silent(), clients++, List.of(new Identity("ip", "127.0.0.1")));
        deliver(new Event.ClientCame(client));
        deliver(new Event.ClientConnects(client, new ConnectRequest(0, 0, 30_000, 0, new byte[16], false, true)));
        return client;
    }

    void request(Client client, OpCode op, Request request) {
        deliver(new Event.ClientRequests(client, ++xid, op, request));
    }

    /** Delivers an event one millisecond later, and flushes what it wrote. */
    void deliver(Event event) {
        millis++;
        core.at(millis, millis);
        event.deliver(core);
        new Event.LogFlushed(lastZxid).deliver(core);
    }

    long lastZxid() {
        return lastZxid;
    }

    /** The state after the first {@code zxid} transactions, by replaying them. */
    Recovery replayed(long zxid, SnapshotOut out) {
        Recovery recovery = new Core(settings(true), this, out).recovery();
        for (int i = 0; i < zxid; i++) {
            recovery.replay(new UnsafeBuffer(log.get(i)), 0, log.get(i).length);
        }
        return recovery;
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return true;
    }

    @Override
    public void append(long zxid, DirectBuffer src, int offset, int length) {
        byte[] entry = new byte[length];
        src.getBytes(offset, entry);
        log.add(entry);
        lastZxid = zxid;
    }

    private record Silent() implements ClientOut {
        @Override
        public void connected(ConnectResponse response) {}

        @Override
        public void reply(int xid, long zxid, int err, Response body) {}

        @Override
        public void event(long zxid, WatchedEvent event) {}

        @Override
        public void close() {}

        @Override
        public ConnectionFacts facts() {
            return new ConnectionFacts("/127.0.0.1:1", 1, 0, 0);
        }
    }
}
