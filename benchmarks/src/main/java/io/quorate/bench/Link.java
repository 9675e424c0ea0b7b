package io.quorate.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Owns one loaded connection: it keeps a window of requests in flight and checks every reply's order, error and length.
 * Requests that are written together share one time stamp, so a batch costs two clock readings, not two per request.
 * Confined to the driver's thread.
 */
final class Link {

    private static final int SPARE_BYTES = 4096;

    private final SocketChannel channel;
    private final Requests requests;
    private final int window;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final Batches batches;
    private SelectionKey key;
    private int sent;
    private int answered;

    Link(SocketChannel channel, Requests requests, int window) {
        this.channel = channel;
        this.requests = requests;
        this.window = window;
        this.in = ByteBuffer.allocateDirect(window * (4 + requests.replyBytesMax()) + SPARE_BYTES);
        this.out = ByteBuffer.allocateDirect(window * requests.frameBytesMax());
        this.batches = new Batches(window);
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Takes what has arrived. Returns the number of replies. */
    int receive(Meter meter) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed the connection");
        }
        int before = answered;
        parse();
        int count = answered - before;
        if (count > 0) {
            long now = System.nanoTime();
            batches.answered(answered, now, meter);
            meter.count(now, count);
        }
        return count;
    }

    /** Fills the window with at most {@code max} new requests and writes. Returns how many were added. */
    int send(long max) throws IOException {
        return send(max, System.nanoTime());
    }

    /** The same, for requests that should have been sent at that time. */
    int send(long max, long dueNanos) throws IOException {
        int count = (int) Math.min(max, window - (sent - answered));
        for (int i = 0; i < count; i++) {
            requests.put(out, ++sent);
        }
        if (count > 0) {
            batches.sent(sent, dueNanos);
        }
        if (out.position() > 0) {
            write();
        }
        return count;
    }

    /** Cuts the connection. With nothing in flight it closes the session first, without waiting for the answer. */
    void close() throws IOException {
        key.cancel();
        if (sent == answered) {
            channel.write(ByteBuffer.wrap(Frames.closeSession()));
        }
        channel.close();
    }

    private void write() throws IOException {
        out.flip();
        channel.write(out);
        boolean blocked = out.hasRemaining();
        out.compact();
        int interest = blocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    private void parse() throws IOException {
        int limit = in.position();
        int at = 0;
        while (limit - at >= 4) {
            int bytes = in.getInt(at);
            int end = at + 4 + bytes;
            if (end > limit && bytes <= requests.replyBytesMax()) {
                break;
            }
            check(at, bytes);
            at = end;
        }
        in.limit(limit).position(at);
        in.compact();
    }

    private void check(int at, int bytes) throws IOException {
        int xid = in.getInt(at + Frames.XID_AT);
        int error = in.getInt(at + 16);
        if (xid != ++answered || error != 0 || bytes != requests.nextReplyBytes()) {
            throw new IOException(
                    "wrong reply: xid " + xid + " for " + answered + ", error " + error + ", " + bytes + " bytes");
        }
    }
}
