package io.quorate.coordinator.core;

import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayList;
import java.util.List;

/** The end of one connection in tests: writes down, as lines, what the core orders for it. */
public final class RecordingClient implements ClientOut {

    private final String address;
    private final List<String> lines = new ArrayList<>();
    private final List<Response> bodies = new ArrayList<>();
    private final Client client;
    private ConnectResponse session;

    RecordingClient(long number) {
        this.address = "/127.0.0.1:" + (50_000 + number);
        this.client = new Client(this, number, List.of(new Identity("ip", "127.0.0.1")));
    }

    public Client client() {
        return client;
    }

    /** The session that was granted, 0 for none. */
    public long session() {
        return session == null ? 0 : session.sessionId();
    }

    public byte[] password() {
        return session.password();
    }

    /** What was ordered since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** The body of the last reply. */
    public Response body() {
        return bodies.get(bodies.size() - 1);
    }

    @Override
    public void connected(ConnectResponse response) {
        session = response;
        String how = response.readOnly() ? "read-only for " : "connected for ";
        lines.add(response.sessionId() == 0 ? "refused" : how + response.timeoutMillis());
    }

    @Override
    public void reply(int xid, long zxid, int err, Response body) {
        lines.add("reply " + xid + " at " + zxid + (err == 0 ? "" : " error " + err));
        bodies.add(body);
    }

    @Override
    public void event(long zxid, WatchedEvent event) {
        lines.add(event.type() + " " + event.path() + " at " + zxid);
    }

    @Override
    public void close() {
        lines.add("closed");
    }

    @Override
    public ConnectionFacts facts() {
        return new ConnectionFacts(address, 1, bodies.size(), lines.size());
    }
}
