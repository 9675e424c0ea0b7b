package io.quorate.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Owns one connection with one session and speaks in blocking calls, one request at a time: the opening of every
 * connection, and the preparations before a load. Not thread-safe.
 */
final class Session implements AutoCloseable {

    static final int NODE_EXISTS = -110;

    private static final int TIMEOUT_MILLIS = 40_000;
    private static final int REPLY_MILLIS_MAX = 30_000;
    private static final int SMALL_REPLY_BYTES = 256;
    private static final byte[] CONNECT = Frames.connect(TIMEOUT_MILLIS);
    private static final byte[] CLOSE = Frames.closeSession();

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(SMALL_REPLY_BYTES);
    private int xid;

    private Session(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects and opens a new session. Fails if the server refuses it, closes the connection or stays silent. */
    static Session open(InetSocketAddress address) throws IOException {
        return open(address, REPLY_MILLIS_MAX);
    }

    /** The same, with a limit on the wait for each reply. */
    static Session open(InetSocketAddress address, int replyMillisMax) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().setSoTimeout(replyMillisMax);
            channel.connect(address);
            Session session = new Session(channel);
            session.write(CONNECT);
            ByteBuffer reply = session.read();
            if (reply.getInt(8) <= 0) {
                throw new IOException("session refused");
            }
            return session;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The connection, for a caller that goes on without blocking. */
    SocketChannel channel() {
        return channel;
    }

    /** Creates a node, or leaves one that exists as it is. */
    void ensure(String path, byte[] data) throws IOException {
        int error = call(Frames.create(path, data)).getInt(16);
        if (error != 0 && error != NODE_EXISTS) {
            throw new IOException("create " + path + " answered " + error);
        }
    }

    /** Sees all that was acknowledged to others before. */
    void sync(String path) throws IOException {
        int error = call(Frames.sync(path)).getInt(16);
        if (error != 0) {
            throw new IOException("sync answered " + error);
        }
    }

    /** Sends one request and waits for its reply: a whole frame, the error at byte 16, the record at byte 20. */
    ByteBuffer call(byte[] frame) throws IOException {
        send(frame);
        return receive();
    }

    /** Sends one request without waiting. The frame is patched in place. */
    void send(byte[] frame) throws IOException {
        ByteBuffer.wrap(frame).putInt(Frames.XID_AT, ++xid);
        write(frame);
    }

    /** Waits for the reply to the last request sent. */
    ByteBuffer receive() throws IOException {
        ByteBuffer reply = read();
        if (reply.getInt(Frames.XID_AT) != xid) {
            throw new IOException("expected xid " + xid + ", got " + reply.getInt(Frames.XID_AT));
        }
        return reply;
    }

    /** Closes the session and then the connection, which leaves no port waiting behind. */
    void end() throws IOException {
        call(CLOSE.clone());
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(byte[] frame) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(frame);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private ByteBuffer read() throws IOException {
        in.clear();
        fill(4);
        int bytes = in.getInt(0);
        if (in.remaining() < bytes) {
            in = ByteBuffer.allocate(4 + bytes).put(in.flip());
        }
        fill(bytes);
        return in.flip();
    }

    private void fill(int bytes) throws IOException {
        int read = channel.socket().getInputStream().readNBytes(in.array(), in.position(), bytes);
        if (read < bytes) {
            throw new EOFException("the server closed the connection");
        }
        in.position(in.position() + bytes);
    }
}
