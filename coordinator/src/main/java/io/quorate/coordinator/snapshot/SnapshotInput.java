package io.quorate.coordinator.snapshot;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window that slides over the uncompressed bytes of a stored file and sums up what it has passed. A field is in the window
 * as a whole before it is read; the window grows only by bytes that are there.
 */
final class SnapshotInput implements AutoCloseable {

    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int FIELD_BYTES_MAX = 1 << 29;

    private final InputStream in;
    private final Adler32 checksum = new Adler32();
    private final JuteReader jute = new JuteReader(FIELD_BYTES_MAX);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] window = new byte[WINDOW_BYTES];
    private int limit;
    private int summed;
    private long slid;

    SnapshotInput(InputStream in) {
        this.in = in;
        view.wrap(window);
        jute.wrap(view, 0, 0);
    }

    /** Uncompressed bytes before the next one. */
    long offset() {
        return slid + jute.position();
    }

    int readInt() throws IOException {
        require(Integer.BYTES);
        return jute.readInt();
    }

    long readLong() throws IOException {
        require(Long.BYTES);
        return jute.readLong();
    }

    /** A string; never null. */
    String readString() throws IOException {
        requireLengthAndContent();
        String value = jute.readString();
        if (value == null) {
            throw new MalformedException("string is null");
        }
        return value;
    }

    /** A buffer, null for length −1. */
    byte[] readBuffer() throws IOException {
        requireLengthAndContent();
        return jute.readBuffer();
    }

    private void requireLengthAndContent() throws IOException {
        require(Integer.BYTES);
        int length = view.getInt(jute.position(), ByteOrder.BIG_ENDIAN);
        if (length > FIELD_BYTES_MAX) {
            throw new MalformedException("length " + length + ", limit " + FIELD_BYTES_MAX);
        }
        if (length > 0) {
            require(Integer.BYTES + length);
        }
    }

    /** Sees to it that so many bytes can be read. */
    void require(int bytes) throws IOException {
        if (jute.remaining() < bytes && fill(bytes) < bytes) {
            throw new EOFException("ends early: " + bytes + " bytes wanted, " + jute.remaining() + " left");
        }
    }

    /** How many bytes are left, or {@code most} if there are more. */
    int remaining(int most) throws IOException {
        return jute.remaining() >= most ? most : Math.min(most, fill(most));
    }

    /** Reads on until so many bytes are in the window or the stream ends; returns how many there are. */
    private int fill(int bytes) throws IOException {
        sum();
        int position = jute.position();
        int left = jute.remaining();
        System.arraycopy(window, position, window, 0, left);
        slid += position;
        limit = left;
        summed = 0;
        while (limit < bytes) {
            if (limit == window.length) {
                window = Arrays.copyOf(window, (int) Math.min(2L * limit, FIELD_BYTES_MAX + WINDOW_BYTES));
                view.wrap(window);
            }
            int count = in.read(window, limit, window.length - limit);
            if (count < 0) {
                break;
            }
            limit += count;
        }
        jute.wrap(view, 0, limit);
        return limit;
    }

    private void sum() {
        checksum.update(window, summed, jute.position() - summed);
        summed = jute.position();
    }

    /** Reads a seal; it must hold the checksum of every byte before it. */
    void readSeal() throws IOException {
        sum();
        long expected = checksum.getValue();
        long found = readLong();
        if (found != expected) {
            throw new MalformedException(
                    "checksum is " + Long.toHexString(found) + ", content has " + Long.toHexString(expected));
        }
        if (!readString().equals(SnapshotLayout.TERMINATOR)) {
            throw new MalformedException("checksum is not followed by its end mark");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
