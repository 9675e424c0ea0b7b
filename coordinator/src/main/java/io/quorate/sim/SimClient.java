package io.quorate.sim;

import io.quorate.sim.check.Answer;
import io.quorate.sim.check.Call;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One client: keeps a session, moves it from server to server when its connection is gone, sends requests without waiting for
 * the answers, and tells the checks what it sees.
 */
final class SimClient {

    private static final int PING_XID = -2;
    private static final int SET_WATCHES_XID = -8;
    private static final int OWN_MAX = 8;

    private final Cluster cluster;
    private final int number;
    private final Chance chance;
    private final Workload workload;
    private final Deque<Call> calls = new ArrayDeque<>();
    private final TreeSet<String> dataWatches = new TreeSet<>();
    private final TreeSet<String> existWatches = new TreeSet<>();
    private final TreeSet<String> childWatches = new TreeSet<>();
    private final List<String> own = new ArrayList<>();
    private ClientWire wire;
    private boolean connected;
    private boolean quiet;
    private boolean scripted;
    private long session;
    private byte[] password = new byte[16];
    private int timeoutMillis;
    private long lastZxid;
    private long heardMicros;
    private long sentMicros;
    private int xid;
    private long answers;

    SimClient(Cluster cluster, int number) {
        this.cluster = cluster;
        this.number = number;
        this.chance = cluster.chance().split();
        this.workload = new Workload(chance.split());
    }

    int number() {
        return number;
    }

    long site() {
        return Net.CLIENTS + number;
    }

    /** How many answers it got. */
    long answers() {
        return answers;
    }

    /** It asks for nothing more of its own accord, but keeps its session. */
    void quiet(boolean wanted) {
        quiet = wanted;
    }

    boolean isIdle() {
        return calls.isEmpty();
    }

    boolean isConnected() {
        return connected;
    }

    ClientWire wire() {
        return wire;
    }

    private String name() {
        return "c" + number;
    }

    void start() {
        cluster.time().after(chance.between(0, 500 * Scheduler.MILLI), this::live);
    }

    /** It connects to this server, and does nothing of its own accord but keep its session as long as it is connected. */
    void connectTo(SimServer at) {
        dial(at);
        if (!scripted) {
            scripted = true;
            quiet = true;
            live();
        }
    }

    /** Asks for this, as soon as it is told to. */
    void ask(OpCode op, Request request) {
        ask(++xid, op, request);
    }

    /** It is heard of no more; its session is left to expire. */
    void vanish() {
        drop();
    }

    /** Everything it does of its own accord, again and again. */
    private void live() {
        long pause = cluster.recipe().thinkMicros();
        cluster.time().after(chance.between(1, 2 * pause), this::live);
        if (wire == null) {
            if (!scripted) {
                dial();
            }
        } else if (cluster.time().nowMicros() - heardMicros > silenceMicros()) {
            cluster.story().tell(name(), "hears nothing for too long; session", session);
            drop();
        } else if (connected) {
            act();
        }
    }

    private long silenceMicros() {
        return timeoutMillis() * Scheduler.MILLI * 2 / 3;
    }

    private int timeoutMillis() {
        return timeoutMillis > 0 ? timeoutMillis : 10 * cluster.recipe().tickMillis();
    }

    private void act() {
        if (calls.size() >= cluster.recipe().pipeline()) {
            return;
        }
        if (!quiet && chance.in(0.004)) {
            leave();
            return;
        }
        if (!quiet) {
            int burst = chance.in(0.1) ? cluster.recipe().pipeline() : 1;
            for (int i = 0; i < burst && calls.size() < cluster.recipe().pipeline(); i++) {
                Workload.Wish wish = workload.next(own);
                ask(wish.op() == OpCode.PING ? PING_XID : ++xid, wish.op(), wish.request());
            }
        } else if (cluster.time().nowMicros() - sentMicros > timeoutMillis() * Scheduler.MILLI / 3) {
            ask(PING_XID, OpCode.PING, EmptyRequest.INSTANCE);
        }
    }

    /** Ends the session, in one way or another. */
    private void leave() {
        if (chance.in(0.5)) {
            ask(++xid, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        } else {
            cluster.story().tell(name(), "dies, and its session is left to expire:", session);
            drop();
            forgetSession();
        }
    }

    /** Writes once, to see whether the ensemble serves. */
    void probe() {
        if (connected && calls.isEmpty()) {
            ask(++xid, OpCode.SET_DATA, new SetDataRequest("/", null, -1));
        }
    }

    private void ask(int asked, OpCode op, Request request) {
        Call call = new Call(number, wire.number(), session, asked, op, request);
        calls.add(call);
        sentMicros = cluster.time().nowMicros();
        cluster.check().tell(check -> check.called(call));
        cluster.story().mix(asked);
        cluster.story().tell(name(), () -> "asks #" + asked + " " + op + " " + path(request));
        wire.ask(asked, op, request);
    }

    private static String path(Request request) {
        return request instanceof CreateRequest create ? create.path() : "";
    }

    private void dial() {
        dial(cluster.server(1 + chance.below(cluster.servers().size())));
    }

    private void dial(SimServer to) {
        SimProcess process = to.process();
        if (process == null || !cluster.net().connects(site(), to.sid())) {
            return;
        }
        wire = new ClientWire(this, process, cluster.nextNumber());
        heardMicros = cluster.time().nowMicros();
        process.attach(wire);
        cluster.story().tell(name(), "connects to", to.sid());
        int wanted = cluster.recipe().tickMillis() * chance.between(2, 30);
        wire.connect(new ConnectRequest(0, lastZxid, wanted, session, password, false, true));
    }

    private void drop() {
        wire.hangUp();
        lost();
    }

    private void lost() {
        long gone = wire.number();
        cluster.check().tell(check -> check.disconnected(number, gone));
        calls.clear();
        wire = null;
        connected = false;
    }

    private void forgetSession() {
        session = 0;
        password = new byte[16];
        timeoutMillis = 0;
        lastZxid = 0;
        dataWatches.clear();
        existWatches.clear();
        childWatches.clear();
        own.clear();
    }

    /** The server closed the connection, or it broke. */
    void onEnd(ClientWire ended) {
        if (ended == wire) {
            cluster.story().tell(name(), "is disconnected from", ended.process().sid());
            lost();
        }
    }

    void onConnected(ClientWire from, ConnectResponse response) {
        if (from != wire) {
            return;
        }
        heardMicros = cluster.time().nowMicros();
        if (response.timeoutMillis() <= 0) {
            cluster.story().tell(name(), "has lost its session", session);
            drop();
            forgetSession();
            return;
        }
        session = response.sessionId();
        password = response.password();
        timeoutMillis = response.timeoutMillis();
        connected = true;
        cluster.story().tell(name(), "has session", session);
        cluster.check().tell(check -> check.connected(number, from.number(), session, lastZxid));
        if (!dataWatches.isEmpty() || !existWatches.isEmpty() || !childWatches.isEmpty()) {
            ask(
                    SET_WATCHES_XID,
                    OpCode.SET_WATCHES2,
                    new SetWatchesRequest(
                            lastZxid,
                            List.copyOf(dataWatches),
                            List.copyOf(existWatches),
                            List.copyOf(childWatches),
                            List.of(),
                            List.of()));
        }
    }

    /** What the request with this number was, as long as it is not answered. */
    OpCode opOf(ClientWire of, int asked) {
        if (of == wire) {
            for (Call call : calls) {
                if (call.xid() == asked) {
                    return call.op();
                }
            }
        }
        return null;
    }

    void onReply(ClientWire from, int answered, long zxid, int err, Response body, long epoch) {
        if (from != wire) {
            return;
        }
        heardMicros = cluster.time().nowMicros();
        Call call = calls.peek();
        if (call == null) {
            throw cluster.failure("client " + number + " is answered #" + answered + " and waits for nothing");
        }
        Call told = call.xid() == answered ? calls.poll() : unexpected(call, answered);
        answers++;
        lastZxid = Math.max(lastZxid, zxid);
        Answer answer = new Answer(zxid, err, body, epoch);
        cluster.story().tell(name(), () -> "is answered #" + answered + " at " + Story.number(zxid) + ", error " + err);
        Set<Long> durableAt = cluster.durableAt(told, zxid);
        cluster.check().tell(check -> check.answered(told, answer, durableAt));
        remember(told, err, body);
        if (told.op() == OpCode.CLOSE_SESSION && err == 0) {
            drop();
            forgetSession();
        }
    }

    private static Call unexpected(Call expected, int answered) {
        return new Call(expected.client(), expected.connection(), expected.session(), answered, expected.op(), null);
    }

    private void remember(Call call, int err, Response body) {
        boolean found = err == 0;
        if (call.request() instanceof GetDataRequest read && read.watch() && found) {
            dataWatches.add(read.path());
        } else if (call.request() instanceof ExistsRequest read && read.watch()) {
            if (found) {
                dataWatches.add(read.path());
            } else if (err == ErrorCode.NO_NODE.code()) {
                existWatches.add(read.path());
            }
        } else if (call.request() instanceof GetChildrenRequest read && read.watch() && found) {
            childWatches.add(read.path());
        } else if (body instanceof CreateResponse created) {
            keep(created.path());
        } else if (body instanceof Create2Response created) {
            keep(created.path());
        }
    }

    private void keep(String path) {
        if (path.startsWith("/q/s-")) {
            own.add(path);
            if (own.size() > OWN_MAX) {
                own.remove(0);
            }
        }
    }

    void onEvent(ClientWire from, long zxid, WatchedEvent event) {
        if (from != wire) {
            return;
        }
        heardMicros = cluster.time().nowMicros();
        cluster.check().tell(check -> check.notified(number, from.number(), zxid, event));
        cluster.story().tell(name(), () -> "is told of " + event.type() + " " + event.path());
        switch (event.type()) {
            case NODE_CREATED, NODE_DATA_CHANGED -> {
                dataWatches.remove(event.path());
                existWatches.remove(event.path());
            }
            case NODE_CHILDREN_CHANGED -> childWatches.remove(event.path());
            case NODE_DELETED -> {
                dataWatches.remove(event.path());
                existWatches.remove(event.path());
                childWatches.remove(event.path());
            }
            default -> throw cluster.failure("client " + number + " is told of " + event);
        }
    }
}
