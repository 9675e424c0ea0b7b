package io.quorate.coordinator.log;

import java.nio.ByteBuffer;

/** Passes over zeros, of which a segment is full before it is used, many at a time. */
final class Zeros {

    private static final int PIECE_BYTES = 64 << 10;
    private static final ByteBuffer PIECE =
            ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

    private Zeros() {}

    /** How many of the bytes from {@code offset} on are zero before the first one that is not. */
    static int count(ByteBuffer bytes, int offset, int length) {
        int counted = 0;
        while (counted < length) {
            int piece = Math.min(PIECE_BYTES, length - counted);
            int differs = bytes.slice(offset + counted, piece).mismatch(PIECE.slice(0, piece));
            if (differs >= 0) {
                return counted + differs;
            }
            counted += piece;
        }
        return length;
    }
}
