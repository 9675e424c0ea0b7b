package io.quorate.bench;

import java.util.OptionalDouble;

/**
 * CPU time, in microseconds: at a point in time, or spent between two. The server's is absent if its process is not
 * known; the driver's is that of the thread that asks.
 */
record CpuUse(OptionalDouble serverMicros, double driverMicros) {

    /** What was spent from {@code earlier} to this. */
    CpuUse since(CpuUse earlier) {
        OptionalDouble server = serverMicros.isPresent()
                ? OptionalDouble.of(serverMicros.getAsDouble() - earlier.serverMicros.getAsDouble())
                : OptionalDouble.empty();
        return new CpuUse(server, driverMicros - earlier.driverMicros);
    }
}
