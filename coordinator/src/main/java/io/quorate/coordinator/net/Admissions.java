package io.quorate.coordinator.net;

import java.util.concurrent.atomic.AtomicLong;

/** Counts connections against the limits on them, and the bytes of large requests. All event loops share one; any thread. */
final class Admissions {

    private final NetSettings settings;
    private final ConnectionLimits connections;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong largeBytes = new AtomicLong();

    Admissions(NetSettings settings) {
        this.settings = settings;
        connections = new ConnectionLimits("maxCnxns", settings.totalMax(), "maxClientCnxns", settings.perAddressMax());
    }

    ConnectionLimits connections() {
        return connections;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    boolean reserveLarge(int bytes) {
        if (largeBytes.addAndGet(bytes) > settings.largeRequestsBytesMax()) {
            largeBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void releaseLarge(int bytes) {
        largeBytes.addAndGet(-bytes);
    }
}
