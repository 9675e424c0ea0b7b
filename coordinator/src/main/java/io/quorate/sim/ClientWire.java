package io.quorate.sim;

import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.coordinator.core.Event;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A client's connection: requests one way, answers the other, each in order. */
final class ClientWire implements ClientOut {

    private static final int MESSAGE_BYTES = 64;

    /** What a client sends behind its connect request. */
    private record Ask(int xid, OpCode op, Request request) {}

    private final SimClient client;
    private final SimProcess process;
    private final long number;
    private final Client core;
    private final ClientOut face;
    private final Pipe<Object> up;
    private final Pipe<Consumer<SimClient>> down;
    private final ClientCodec codec;
    private final Deque<Object> inbox = new ArrayDeque<>();
    private boolean open;

    /** @param number distinct in the whole run */
    ClientWire(SimClient client, SimProcess process, long number) {
        Cluster cluster = process.cluster();
        this.client = client;
        this.process = process;
        this.number = number;
        this.codec = cluster.recipe().codecs() ? cluster.codec() : null;
        this.face = cluster.plant().client(process, this);
        this.core = new Client(face, number, List.of(new Identity("ip", "127.0.0." + client.number())));
        this.up = new Pipe<>(cluster.net(), client.site(), process.sid(), this::arrived, this::clientEnded);
        this.down = new Pipe<>(
                cluster.net(),
                process.sid(),
                client.site(),
                message -> message.accept(client),
                () -> client.onEnd(this));
    }

    Client core() {
        return core;
    }

    long number() {
        return number;
    }

    SimProcess process() {
        return process;
    }

    // The client's end

    void connect(ConnectRequest request) {
        up.send(codec == null ? request : codec.pass(request), MESSAGE_BYTES);
    }

    void ask(int xid, OpCode op, Request request) {
        up.send(new Ask(xid, op, codec == null ? request : codec.pass(op, request)), MESSAGE_BYTES);
    }

    /** The client closes its end. */
    void hangUp() {
        down.kill();
        up.end();
    }

    /** The network broke it: each end hears of it in its own time. */
    void breakDown() {
        Cluster cluster = process.cluster();
        up.kill();
        down.kill();
        cluster.time().after(cluster.chance().between(0, 50 * Scheduler.MILLI), () -> client.onEnd(this));
        process.after(cluster.chance().between(0, 300 * Scheduler.MILLI), () -> process.detach(this));
    }

    // The server's end

    private void arrived(Object message) {
        if (process.isOver()) {
            if (process.server().isMachineUp()) {
                down.kill();
                process.cluster().time().after(1, () -> client.onEnd(this));
            }
            return;
        }
        inbox.add(message);
        process.requestsWait();
    }

    private void clientEnded() {
        if (!process.isOver()) {
            process.detach(this);
        }
    }

    /** The next event of this client that the core can be given, or null. */
    Event next() {
        Object next = inbox.peek();
        if (next instanceof ConnectRequest request) {
            inbox.poll();
            return new Event.ClientConnects(core, request);
        }
        if (next instanceof Ask ask && open) {
            inbox.poll();
            if (process.cluster().plant().takes(process, face, ask.xid, ask.op)) {
                return new Event.ClientRequests(core, ask.xid, ask.op, ask.request);
            }
            return next();
        }
        return null;
    }

    /** The process ends, and the machine may say so. */
    void serverEnds(boolean machineGoesOn) {
        if (machineGoesOn) {
            down.end();
        } else {
            down.kill();
        }
    }

    @Override
    public void connected(ConnectResponse response) {
        open = true;
        process.cluster().story().mix(response.sessionId());
        ConnectResponse passed = codec == null ? response : codec.pass(response);
        down.send(to -> to.onConnected(this, passed), MESSAGE_BYTES);
    }

    @Override
    public void reply(int xid, long zxid, int err, Response body) {
        process.cluster().story().mix(zxid ^ xid ^ err);
        long epoch = process.epochBegun();
        OpCode op = client.opOf(this, xid);
        Response passed = codec == null || body == null || op == null ? body : codec.pass(err == 0 ? op : null, body);
        down.send(to -> to.onReply(this, xid, zxid, err, passed, epoch), MESSAGE_BYTES);
    }

    @Override
    public void event(long zxid, WatchedEvent event) {
        process.cluster().story().mix(zxid ^ event.path().hashCode());
        WatchedEvent passed = codec == null ? event : codec.pass(event);
        down.send(to -> to.onEvent(this, zxid, passed), MESSAGE_BYTES);
    }

    @Override
    public void close() {
        down.end();
    }

    @Override
    public ConnectionFacts facts() {
        return new ConnectionFacts("/127.0.0." + client.number() + ":1", 1, 0, 0);
    }
}
