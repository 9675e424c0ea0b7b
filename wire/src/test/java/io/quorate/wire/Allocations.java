package io.quorate.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Owns the measure of what decoding costs in memory. */
public final class Allocations {
    /** A record of a hundred bytes and the machinery of a test; far below what a believed length would cost. */
    public static final int SMALL_MAX = 256 * 1024;

    private Allocations() {}

    /** Bytes that this thread has allocated since it began. */
    public static long bytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
