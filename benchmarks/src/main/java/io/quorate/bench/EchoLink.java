package io.quorate.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Owns one connection of the echo server. */
final class EchoLink {

    private static final int IN_BYTES = 1 << 16;
    /** More than the replies to any row's window, so that nothing read is ever left unanswered. */
    private static final int OUT_BYTES = 80 << 10;

    private static final int SESSION_TIMEOUT_MILLIS = 40_000;
    private static final byte[] SET_DATA = template(Frames.setDataReplyBytes());
    private static final byte[] GET_DATA = template(Frames.getDataReplyBytes(Workload.DATA_BYTES));
    private static final byte[] MULTI = template(Frames.multiSetDataReplyBytes(Workload.SETS_PER_COMMIT));
    private static final byte[] OFFSETS = template(Frames.fencedCommitReplyBytes(Workload.OFFSETS_PER_COMMIT));
    private static final byte[] HEADER_ONLY = template(Frames.REPLY_HEADER_BYTES);
    private static final int REPLY_BYTES_MAX = MULTI.length;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private boolean connected;

    EchoLink(SocketChannel channel) {
        this.channel = channel;
    }

    /** Returns false when the other side is gone. */
    boolean onReady(SelectionKey key) throws IOException {
        if (key.isReadable() && !read()) {
            return false;
        }
        answer();
        out.flip();
        channel.write(out);
        boolean blocked = out.hasRemaining();
        out.compact();
        int interest = blocked ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return true;
    }

    private boolean read() {
        try {
            return channel.read(in) >= 0;
        } catch (IOException e) {
            // The driver resets connections that it no longer needs.
            return false;
        }
    }

    private void answer() {
        int limit = in.position();
        int at = 0;
        while (limit - at >= 4 && out.remaining() >= REPLY_BYTES_MAX) {
            int end = at + 4 + in.getInt(at);
            if (end > limit) {
                break;
            }
            if (connected) {
                reply(at);
            } else {
                acceptSession();
            }
            at = end;
        }
        in.limit(limit).position(at);
        in.compact();
    }

    private void reply(int at) {
        int start = out.position();
        switch (in.getInt(at + 8)) {
            case Frames.SET_DATA -> out.put(SET_DATA);
            case Frames.GET_DATA -> out.put(GET_DATA);
            case Frames.MULTI -> out.put(in.getInt(at + Frames.RECORD_AT) == Frames.CHECK ? OFFSETS : MULTI);
            case Frames.CREATE -> putCreated(at);
            default -> out.put(HEADER_ONLY);
        }
        out.putInt(start + Frames.XID_AT, in.getInt(at + Frames.XID_AT));
    }

    private void putCreated(int at) {
        int pathBytes = in.getInt(at + Frames.RECORD_AT);
        out.put(HEADER_ONLY).putInt(out.position() - HEADER_ONLY.length, Frames.REPLY_HEADER_BYTES + 4 + pathBytes);
        out.put(out.position(), in, at + Frames.RECORD_AT, 4 + pathBytes);
        out.position(out.position() + 4 + pathBytes);
    }

    private void acceptSession() {
        connected = true;
        out.putInt(37).putInt(0).putInt(SESSION_TIMEOUT_MILLIS).putLong(1).putInt(16);
        out.putLong(0).putLong(0).put((byte) 0);
    }

    private static byte[] template(int bytes) {
        byte[] frame = new byte[4 + bytes];
        ByteBuffer.wrap(frame).putInt(0, bytes);
        return frame;
    }
}
