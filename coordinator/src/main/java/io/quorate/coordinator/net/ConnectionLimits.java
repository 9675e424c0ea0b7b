package io.quorate.coordinator.net;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open connections to one port, in total and by address, against a limit on each. Any thread. */
public final class ConnectionLimits {

    private final String totalName;
    private final int totalMax;
    private final String perAddressName;
    private final int perAddressMax;
    private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Limits of 0 are none; the names are how an operator knows them. */
    public ConnectionLimits(String totalName, int totalMax, String perAddressName, int perAddressMax) {
        this.totalName = totalName;
        this.totalMax = totalMax;
        this.perAddressName = perAddressName;
        this.perAddressMax = perAddressMax;
    }

    /** Counts a connection in and returns null, or returns the limit that it would break. */
    public String admit(InetAddress from) {
        if (open.incrementAndGet() > totalMax && totalMax > 0) {
            open.decrementAndGet();
            return totalName + "=" + totalMax;
        }
        int same = perAddress.merge(from, 1, Integer::sum);
        if (same > perAddressMax && perAddressMax > 0) {
            leave(from);
            return perAddressName + "=" + perAddressMax;
        }
        return null;
    }

    /** Counts one out that was admitted. */
    public void leave(InetAddress from) {
        open.decrementAndGet();
        perAddress.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
    }
}
