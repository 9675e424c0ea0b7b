package io.quorate.wire.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Owns in which order servers are tried, and how long to wait before the next try. Pure; chance is given. */
final class HostList {
    /** The wait after a lost connection; every round without success doubles it. */
    static final long BACKOFF_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static final long BACKOFF_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int DOUBLINGS_MAX = 10;

    private final List<HostPort> hosts;
    private final Map<HostPort, Integer> addresses = new HashMap<>();
    private final Random random;
    private int next;
    private int failures;

    HostList(List<HostPort> hosts, Random random) {
        this.hosts = new ArrayList<>(hosts);
        this.random = random;
        Collections.shuffle(this.hosts, random);
    }

    /** How many addresses there are to try, as far as known: a name that was not looked up counts as one. */
    int size() {
        return hosts.stream().mapToInt(host -> addresses.getOrDefault(host, 1)).sum();
    }

    /** A server's name stands for so many addresses. */
    void found(HostPort host, int count) {
        addresses.put(host, count);
    }

    /** The server to try now; the one after it comes next. */
    HostPort next() {
        HostPort host = hosts.get(next);
        next = (next + 1) % hosts.size();
        return host;
    }

    /** A server has confirmed the session. */
    void succeeded() {
        failures = 0;
    }

    /**
     * A connection could not be made, or was lost. Gives how long to wait before the next: at random, so that clients who
     * lost the same server do not come back all at once.
     */
    long failed() {
        int rounds = Math.min(failures / size(), DOUBLINGS_MAX);
        failures++;
        long longest = Math.min(BACKOFF_MIN_NANOS << rounds, BACKOFF_MAX_NANOS);
        return longest / 2 + (long) (random.nextDouble() * longest / 2);
    }
}
