package io.quorate.coordinator.core;

import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a client would be told of transactions that are applied while nobody leads. That a quorum agreed on them is known only
 * when this server serves again: until then nothing is said, and if the connection ends before, it never is.
 */
final class HeldOrders implements ClientOut {

    private final ClientOut out;
    private final Deque<Runnable> held = new ArrayDeque<>();

    HeldOrders(ClientOut out) {
        this.out = out;
    }

    /** Says all of it, in order. Returns where orders go from now on. */
    ClientOut release() {
        held.forEach(Runnable::run);
        held.clear();
        return out;
    }

    @Override
    public void connected(ConnectResponse response) {
        throw new AssertionError("nobody is given a session while nobody leads");
    }

    @Override
    public void reply(int xid, long zxid, int err, Response body) {
        held.add(() -> out.reply(xid, zxid, err, body));
    }

    @Override
    public void event(long zxid, WatchedEvent event) {
        held.add(() -> out.event(zxid, event));
    }

    /** What is held may not be true: the end is all that the client hears. */
    @Override
    public void close() {
        held.clear();
        out.close();
    }

    @Override
    public ConnectionFacts facts() {
        return out.facts();
    }
}
