package io.quorate.wire.quorum;

import java.util.Arrays;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Owns the way in which bytes arrive in tests: in pieces, and what was not consumed lies elsewhere the next time. */
final class Chunks {
    private Chunks() {}

    /** What looks at bytes that have arrived, and says how many it is done with. */
    interface Receiver {
        /** Consumes some of the bytes, or none. */
        int read(DirectBuffer buffer, int offset, int available);
    }

    /**
     * Gives all bytes in pieces of the sizes that {@code sizes} tells; each time the receiver sees what is there, again and
     * again as long as it consumes.
     *
     * @return what was never consumed
     */
    static byte[] feed(byte[] bytes, IntSupplier sizes, Receiver receiver) {
        byte[] kept = {};
        int shift = 0;
        for (int start = 0; start < bytes.length; ) {
            int end = Math.min(bytes.length, start + sizes.getAsInt());
            byte[] there = Arrays.copyOf(kept, kept.length + end - start);
            System.arraycopy(bytes, start, there, kept.length, end - start);
            start = end;
            shift = (shift + 1) % 5;
            byte[] shifted = new byte[shift + there.length];
            System.arraycopy(there, 0, shifted, shift, there.length);
            UnsafeBuffer buffer = new UnsafeBuffer(shifted);
            int offset = shift;
            for (int consumed = -1; consumed != 0; offset += consumed) {
                consumed = receiver.read(buffer, offset, shifted.length - offset);
            }
            kept = Arrays.copyOfRange(shifted, offset, shifted.length);
        }
        return kept;
    }
}
