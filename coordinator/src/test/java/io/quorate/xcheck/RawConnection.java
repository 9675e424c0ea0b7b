package io.quorate.xcheck;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** Owns one blocking socket to a server and cuts what arrives into frames. For one thread. */
final class RawConnection implements AutoCloseable {

    private static final int REPLY_LIMIT_MILLIS = 30_000;
    private static final int FRAME_BYTES_MAX = 64 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final Function<byte[], List<byte[]>> tamper;
    private final Queue<byte[]> ready = new ArrayDeque<>();

    private RawConnection(Socket socket, DataInputStream in, Function<byte[], List<byte[]>> tamper) {
        this.socket = socket;
        this.in = in;
        this.tamper = tamper;
    }

    /** Connects; every frame received goes through {@code tamper} first, which may change, drop or add frames. */
    static RawConnection open(InetSocketAddress address, Function<byte[], List<byte[]>> tamper) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(REPLY_LIMIT_MILLIS);
            socket.connect(address, REPLY_LIMIT_MILLIS);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            return new RawConnection(socket, in, tamper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawConnection open(InetSocketAddress address) {
        return open(address, List::of);
    }

    /** Sends bytes as they are. A connection that the other side has closed swallows them: the reader will notice. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            if (!socket.isConnected()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The payload of the next frame, or null if the other side has closed. Waits up to the limit, then throws. */
    byte[] receive() {
        try {
            while (ready.isEmpty()) {
                ready.addAll(tamper.apply(receiveFrame()));
            }
            return ready.remove();
        } catch (EOFException | SocketException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] receiveFrame() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > FRAME_BYTES_MAX) {
            throw new IOException("the server sent a frame length of " + length);
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    /** Limits how long {@link #receive} waits. */
    void setReplyLimitMillis(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends FIN but keeps reading. */
    void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // Closed by the other side already, which is what the caller will read next.
            return;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
