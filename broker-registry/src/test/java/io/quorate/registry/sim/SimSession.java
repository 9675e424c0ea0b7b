package io.quorate.registry.sim;

import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One session with the server over connections that can be cut: both directions keep their order, what was on the way when a
 * connection was cut is lost, and nobody knows whether it was carried out.
 */
final class SimSession implements Tree {
    /** Whose session it is is told what happens to it. */
    interface Owner {
        void onConnected();

        void onDisconnected();

        void onExpired();
    }

    /** Sees what passes between a client and its server, for tests in which something happens at that very moment. */
    interface Road {
        /** A transaction, or something to read, which has no writes, has come to the server. Gives whether it is let in. */
        boolean isLetIn(SimSession session, List<Write> writes);

        /** It is carried out; the answer is not on its way yet. */
        void onCarriedOut(SimSession session, List<Write> writes);

        /** The client has had the answer, and done all that followed from it at once. */
        void onAnswered(SimSession session, List<Write> writes);
    }

    private record Watch(String path, boolean isRecursive, Consumer<NodeChange> told) {
        boolean isAbout(NodeChange change) {
            boolean isBelow = isRecursive && change.path().startsWith(path + "/");
            boolean isChildList = change.type() == EventType.NODE_CHILDREN_CHANGED;
            return isRecursive
                    ? !isChildList && (isBelow || change.path().equals(path))
                    : change.path().equals(path);
        }
    }

    private record OneShot(String path, long mzxid, Consumer<NodeChange> told) {}

    private final class Request {
        private final Runnable carriedOut;
        private final Consumer<ErrorCode> failed;

        Request(Runnable carriedOut, Consumer<ErrorCode> failed) {
            this.carriedOut = carriedOut;
            this.failed = failed;
        }
    }

    private record Delivery(long over, Runnable action) {}

    static final long TIMEOUT_MILLIS = 6_000;

    private final long id;
    private final SimTree server;
    private final SimTime time;
    private final Random random;
    private final Owner owner;
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Deque<Delivery> inbox = new ArrayDeque<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<OneShot> oneShots = new ArrayList<>();
    private final Consumer<NodeChange> watcher = this::onChange;
    private Road road;
    private long connection;
    private boolean isConnected = true;
    private boolean isOver;
    private boolean isClosed;
    private long lastArrival;
    private long lastAnswer;
    private long pausedUntil;
    private long changesTold;

    SimSession(long id, SimTree server, SimTime time, Random random, Owner owner) {
        this.id = id;
        this.server = server;
        this.time = time;
        this.random = random;
        this.owner = owner;
        server.watch(watcher);
    }

    @Override
    public long session() {
        return id;
    }

    boolean isConnected() {
        return isConnected;
    }

    /** From now on all that passes is shown there. */
    void show(Road shown) {
        road = shown;
    }

    /** How often a watch was registered. */
    int watches() {
        return watches.size();
    }

    /** How many requests were sent and have no answer yet. */
    int unanswered() {
        return unanswered.size();
    }

    /** How many changes were told by watches. */
    long changesTold() {
        return changesTold;
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void read(List<Read> reads, Consumer<ReadReply> done) {
        readEach(
                reads,
                reply -> done.accept(reply.nodes().stream()
                        .filter(node -> !node.isReadable())
                        .findFirst()
                        .map(node -> ReadReply.failed(node.error()))
                        .orElse(reply)));
    }

    @Override
    public void readEach(List<Read> reads, Consumer<ReadReply> done) {
        sendOn(
                List.of(),
                () -> {
                    ErrorCode unheard =
                            server.unheard.apply(reads.stream().map(Read::path).toList());
                    ReadReply reply = unheard == null ? ReadReply.of(server.read(reads)) : ReadReply.failed(unheard);
                    return () -> done.accept(reply);
                },
                error -> done.accept(ReadReply.failed(error)));
    }

    @Override
    public void write(List<Write> writes, Consumer<WriteReply> done) {
        sendOn(
                writes,
                () -> {
                    ErrorCode unheard = server.unheard.apply(
                            writes.stream().map(Write::path).toList());
                    WriteReply reply = unheard == null ? server.write(id, writes) : WriteReply.lost(unheard, false);
                    return () -> done.accept(reply);
                },
                error -> done.accept(WriteReply.lost(error, true)));
    }

    @Override
    public void watch(String path, boolean isRecursive, Consumer<NodeChange> told) {
        Watch watch = new Watch(path, isRecursive, told);
        send(
                () -> {
                    watches.add(watch);
                    return () -> {};
                },
                error -> watches.add(watch));
    }

    @Override
    public void watchOnce(String path, Consumer<NodeChange> told, Consumer<ReadReply> done) {
        send(
                () -> {
                    ErrorCode unheard = server.unheard.apply(List.of(path));
                    if (unheard != null) {
                        return () -> done.accept(ReadReply.failed(unheard));
                    }
                    Node node = server.read(List.of(Read.data(path))).get(0);
                    if (!node.isReadable()) {
                        return () -> done.accept(ReadReply.failed(node.error()));
                    }
                    oneShots.add(new OneShot(path, mzxid(path), told));
                    return () -> done.accept(ReadReply.of(List.of(node)));
                },
                error -> done.accept(ReadReply.failed(error)));
    }

    private long mzxid(String path) {
        return server.exists(path) ? server.node(path).mzxid() : -1;
    }

    private void sendOn(List<Write> writes, Supplier<Runnable> atServer, Consumer<ErrorCode> failed) {
        if (road == null) {
            send(atServer, failed);
            return;
        }
        send(
                () -> {
                    if (!road.isLetIn(this, writes)) {
                        return null;
                    }
                    Runnable answer = atServer.get();
                    road.onCarriedOut(this, writes);
                    return () -> {
                        answer.run();
                        road.onAnswered(this, writes);
                    };
                },
                failed);
    }

    /** @param atServer gives what the client does with the answer; null if there is none */
    private void send(Supplier<Runnable> atServer, Consumer<ErrorCode> failed) {
        if (isClosed) {
            return;
        }
        Request[] self = new Request[1];
        self[0] = new Request(
                () -> {
                    Runnable answer = atServer.get();
                    if (answer != null) {
                        toClient(() -> {
                            unanswered.remove(self[0]);
                            answer.run();
                        });
                    }
                },
                failed);
        waiting.add(self[0]);
        sendWaiting();
    }

    private void sendWaiting() {
        while (isConnected && !waiting.isEmpty()) {
            Request request = waiting.poll();
            unanswered.add(request);
            long sentOver = connection;
            lastArrival = Math.max(lastArrival, time.nowMillis() + random.nextInt(5));
            time.after(lastArrival - time.nowMillis(), () -> {
                if (sentOver == connection && !isOver) {
                    request.carriedOut.run();
                }
            });
        }
    }

    private void toClient(Runnable delivery) {
        inbox.add(new Delivery(connection, delivery));
        lastAnswer = Math.max(lastAnswer, time.nowMillis() + random.nextInt(5));
        time.after(lastAnswer - time.nowMillis(), this::deliverNext);
    }

    /** One for each delivery, so that the order stays whenever they run. */
    private void deliverNext() {
        if (time.nowMillis() < pausedUntil) {
            time.after(pausedUntil - time.nowMillis(), this::deliverNext);
            return;
        }
        Delivery next = inbox.poll();
        if (next.over() == connection && !isClosed) {
            next.action().run();
        }
    }

    private void onChange(NodeChange change) {
        if (!isConnected || isOver) {
            return;
        }
        for (Watch watch : watches) {
            if (watch.isAbout(change)) {
                changesTold++;
                toClient(() -> watch.told().accept(change));
            }
        }
        for (OneShot shot : List.copyOf(oneShots)) {
            if (shot.path().equals(change.path()) && change.type() != EventType.NODE_CHILDREN_CHANGED) {
                oneShots.remove(shot);
                toClient(() -> shot.told().accept(change));
            }
        }
    }

    /** The client hears nothing for a while, though what it sent before arrives. */
    void pause(long millis) {
        pausedUntil = time.nowMillis() + millis;
    }

    /** The connection breaks. */
    void cut() {
        if (!isConnected || isClosed) {
            return;
        }
        // Some first part of what was on the way arrives, and its answers do not.
        List<Request> sent = new ArrayList<>(unanswered);
        unanswered.clear();
        connection++;
        isConnected = false;
        owner.onDisconnected();
        sent.forEach(request -> request.failed.accept(ErrorCode.CONNECTION_LOSS));
    }

    /** Another connection, if the session is not over. */
    void reconnect() {
        if (isConnected || isClosed) {
            return;
        }
        if (isOver) {
            close();
            owner.onExpired();
            return;
        }
        isConnected = true;
        for (OneShot shot : List.copyOf(oneShots)) {
            if (mzxid(shot.path()) != shot.mzxid()) {
                oneShots.remove(shot);
                toClient(() -> shot.told().accept(new NodeChange(EventType.NODE_DATA_CHANGED, shot.path(), -1)));
            }
        }
        owner.onConnected();
        sendWaiting();
    }

    /** The server has heard nothing for too long. */
    void expire() {
        if (!isOver) {
            isOver = true;
            server.expire(id);
            server.unwatch(watcher);
            // The server hangs up; who can hear that learns why from the next one.
            time.after(Math.max(0, pausedUntil - time.nowMillis()), () -> {
                if (isConnected) {
                    cut();
                    reconnect();
                }
            });
        }
    }

    /** The process is gone; the server does not know. */
    void close() {
        isClosed = true;
        isConnected = false;
        connection++;
        server.unwatch(watcher);
    }
}
