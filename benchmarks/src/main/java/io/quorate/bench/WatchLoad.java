package io.quorate.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Owns the row "one set to many watchers": every connection sets a data watch on one node, one more connection sets the
 * node's data, and the time until each watcher has its event is taken. The rate counts only the time from the set to the
 * last event; the watches are renewed in between. CPU covers both.
 */
final class WatchLoad implements AutoCloseable {

    private static final int NOTIFICATION_XID = -1;
    private static final int BUFFER_BYTES = 1024;
    private static final long SELECT_MILLIS = 30_000;

    private final Selector selector;
    private final Session setter;
    private final byte[] setFrame;
    private final ByteBuffer watchFrame;
    private final List<SocketChannel> watchers = new ArrayList<>();
    private final Meter meter = new Meter();
    private int events;
    private int replies;
    private long setNanos;

    private WatchLoad(Target target, String node) throws IOException {
        setFrame = Frames.setData(node, Workload.data());
        byte[] watch = Frames.getData(node, true);
        watchFrame = ByteBuffer.allocateDirect(watch.length).put(watch);
        selector = Selector.open();
        setter = Session.open(target.address());
    }

    /** Runs rounds of watch, set, events for the span; an operation is one event. */
    static Sample run(Target target, int watchers, Span span) throws IOException {
        String node = "/watch" + Long.toString(System.nanoTime(), 36);
        try (WatchLoad load = new WatchLoad(target, node)) {
            load.open(target, node, watchers);
            long warmEnd = System.nanoTime() + span.warmupNanos();
            while (System.nanoTime() < warmEnd) {
                load.round();
            }
            long start = System.nanoTime();
            load.meter.start(start);
            CpuUse before = target.cpu();
            long nanos = 0;
            while (System.nanoTime() < start + span.measureNanos() && load.meter.replies() < span.operationsMax()) {
                nanos += load.round();
            }
            return Sample.of(
                    load.meter, load.meter.replies(), nanos, target.cpu().since(before));
        }
    }

    private void open(Target target, String node, int count) throws IOException {
        setter.ensure(node, Workload.data());
        for (int i = 0; i < count; i++) {
            SocketChannel channel = target.open(i, node).channel();
            watchers.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BUFFER_BYTES));
        }
    }

    /** Returns the nanoseconds from the set to the last event. */
    private long round() throws IOException {
        replies = 0;
        events = 0;
        for (SocketChannel channel : watchers) {
            if (channel.write(watchFrame.rewind()) < watchFrame.capacity()) {
                throw new IOException("a socket took only part of a small request");
            }
        }
        while (replies < watchers.size()) {
            select();
        }
        setNanos = System.nanoTime();
        setter.send(setFrame);
        while (events < watchers.size()) {
            select();
        }
        long nanos = System.nanoTime() - setNanos;
        setter.receive();
        return nanos;
    }

    private void select() throws IOException {
        if (selector.select(SELECT_MILLIS) == 0) {
            throw new IOException(events + " events and " + replies + " replies, then silence");
        }
        for (SelectionKey key : selector.selectedKeys()) {
            receive((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void receive(SocketChannel channel, ByteBuffer in) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed a watcher's connection");
        }
        in.flip();
        while (in.remaining() >= 4 && in.remaining() >= 4 + in.getInt(in.position())) {
            onFrame(in.getInt(in.position() + Frames.XID_AT), in.getInt(in.position() + 16));
            in.position(in.position() + 4 + in.getInt(in.position()));
        }
        in.compact();
    }

    private void onFrame(int xid, int error) throws IOException {
        if (error != 0) {
            throw new IOException("error " + error + " for xid " + xid);
        }
        if (xid != NOTIFICATION_XID) {
            replies++;
            return;
        }
        long now = System.nanoTime();
        events++;
        meter.latency(now - setNanos, 1);
        meter.count(now, 1);
    }

    @Override
    public void close() throws IOException {
        ByteBuffer closeFrame = ByteBuffer.wrap(Frames.closeSession());
        for (SocketChannel channel : watchers) {
            channel.write(closeFrame.rewind());
            channel.close();
        }
        setter.close();
        selector.close();
    }
}
