package io.quorate.wire.client;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Owns which addresses of the servers' names are still to be tried: each once for each port, in random order, before the name
 * is looked up anew. Pure; chance is given.
 */
final class HostAddresses {
    private final Map<HostPort, Deque<InetAddress>> untried = new HashMap<>();
    private final Random random;

    HostAddresses(Random random) {
        this.random = random;
    }

    /** The address to try now; null if the name must be looked up first. */
    InetAddress next(HostPort host) {
        Deque<InetAddress> addresses = untried.get(host);
        return addresses == null ? null : addresses.poll();
    }

    /** A name stands for these now. */
    void found(HostPort host, List<InetAddress> addresses) {
        List<InetAddress> shuffled = new ArrayList<>(addresses);
        Collections.shuffle(shuffled, random);
        untried.put(host, new ArrayDeque<>(shuffled));
    }

    /** A server was reached: by the time another is looked for, names may stand for something else. */
    void forget() {
        untried.clear();
    }
}
