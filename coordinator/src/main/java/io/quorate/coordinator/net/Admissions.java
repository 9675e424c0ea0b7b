package io.quorate.coordinator.net;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts connections against the limits on them, and the bytes of large requests. All event loops share one; any thread. */
final class Admissions {

    private final NetSettings settings;
    private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong largeBytes = new AtomicLong();

    Admissions(NetSettings settings) {
        this.settings = settings;
    }

    /** Counts a connection in, or returns the limit that it would break. */
    String admit(InetAddress from) {
        if (open.incrementAndGet() > settings.totalMax() && settings.totalMax() > 0) {
            open.decrementAndGet();
            return "maxCnxns=" + settings.totalMax();
        }
        int same = perAddress.merge(from, 1, Integer::sum);
        if (same > settings.perAddressMax() && settings.perAddressMax() > 0) {
            leave(from);
            return "maxClientCnxns=" + settings.perAddressMax();
        }
        return null;
    }

    void leave(InetAddress from) {
        open.decrementAndGet();
        perAddress.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
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
