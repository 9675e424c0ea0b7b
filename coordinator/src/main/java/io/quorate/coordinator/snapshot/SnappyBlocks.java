package io.quorate.coordinator.snapshot;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Reads the framing that the Java library of Snappy writes, and believes no length before it is checked: the library's own
 * reader allocates whatever a damaged file says.
 *
 * <pre>
 *   82 "SNAPPY" 00 | int version | int compatible version | (int length, compressed block)*
 * </pre>
 */
final class SnappyBlocks extends InputStream {

    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int VERSIONS_BYTES = 2 * Integer.BYTES;
    private static final int BLOCK_BYTES_MAX = 16 * 1024 * 1024;

    private final DataInputStream in;
    private byte[] compressed = {};
    private byte[] block = {};
    private int position;
    private int limit;

    SnappyBlocks(InputStream in) throws IOException {
        this.in = new DataInputStream(in);
        byte[] magic = new byte[MAGIC.length];
        this.in.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("no snappy stream: wrong magic");
        }
        this.in.readFully(new byte[VERSIONS_BYTES]);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == limit) {
            if (!nextBlock()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(block, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean nextBlock() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        compressed = atLeast(compressed, length, "compressed");
        if (in.readNBytes(compressed, 0, length) < length) {
            throw new EOFException("snappy block of " + length + " bytes is cut off");
        }
        int content = Snappy.uncompressedLength(compressed, 0, length);
        block = atLeast(block, content, "uncompressed");
        position = 0;
        limit = 0;
        limit = Snappy.uncompress(compressed, 0, length, block, 0);
        return true;
    }

    private static byte[] atLeast(byte[] array, int length, String what) throws IOException {
        if (length < 0 || length > BLOCK_BYTES_MAX) {
            throw new IOException("snappy block of " + length + " " + what + " bytes, limit " + BLOCK_BYTES_MAX);
        }
        return array.length >= length ? array : new byte[length];
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
