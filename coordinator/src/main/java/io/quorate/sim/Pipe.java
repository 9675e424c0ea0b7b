package io.quorate.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One direction of one connection: what goes in comes out in the same order, later. Bounded like a TCP connection: beyond its
 * window, bytes wait at the sender.
 *
 * @param <T> what is sent
 */
final class Pipe<T> {

    private static final long WINDOW_BYTES = 64 * 1024;

    private record Item<T>(T content, int bytes, long dueMicros) {}

    private final Net net;
    private final long from;
    private final long to;
    private final Consumer<T> receiver;
    private final Runnable ended;
    private final Deque<Item<T>> items = new ArrayDeque<>();
    private long bytes;
    private long lastDueMicros;
    private boolean underWay;
    private boolean ending;
    private boolean dead;

    /** @param ended runs once, behind everything sent, when the sender has closed its end */
    Pipe(Net net, long from, long to, Consumer<T> receiver, Runnable ended) {
        this.net = net;
        this.from = from;
        this.to = to;
        this.receiver = receiver;
        this.ended = ended;
    }

    void send(T content, int size) {
        if (dead || ending) {
            return;
        }
        put(content, size);
    }

    private void put(T content, int size) {
        lastDueMicros = Math.max(lastDueMicros, net.time().nowMicros() + net.delayMicros(from, to))
                + net.transmissionMicros(from, to, size);
        items.add(new Item<>(content, size, lastDueMicros));
        bytes += size;
        go();
    }

    /** Closes the sender's end: the receiver hears of it behind all that was sent. */
    void end() {
        if (!dead && !ending) {
            ending = true;
            put(null, 0);
        }
    }

    /** Nothing comes out any more. */
    void kill() {
        dead = true;
        items.clear();
        bytes = 0;
    }

    boolean isDead() {
        return dead;
    }

    /** What the network has not taken yet. */
    long unsentBytes() {
        return Math.max(0, bytes - WINDOW_BYTES);
    }

    private void go() {
        Item<T> next = items.peek();
        if (next != null && !underWay) {
            underWay = true;
            net.time().at(next.dueMicros, this::deliver);
        }
    }

    /** Hands out what is due, if the way is free. */
    void deliver() {
        if (dead) {
            return;
        }
        if (net.isBlocked(from, to)) {
            net.stall(this);
            return;
        }
        underWay = false;
        Item<T> item = items.poll();
        bytes -= item.bytes;
        go();
        if (item.content == null) {
            dead = true;
            ended.run();
        } else {
            receiver.accept(item.content);
        }
    }
}
