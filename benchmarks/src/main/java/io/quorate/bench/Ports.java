package io.quorate.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports on loopback for servers. */
final class Ports {

    /** Below the range from which the system takes ports for connections, which would get there before the server does. */
    private static final int LOWEST = 10_240;

    private static final int HIGHEST = 32_000;
    private static final int TRIES_MAX = 10_000;
    private static final Set<Integer> TOLD = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that nobody listened on a moment ago, and that this process was not told before.
     *
     * @throws IOException if there is none
     */
    static int free() throws IOException {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && TOLD.add(port)) {
                return port;
            }
        }
        throw new IOException("no port between %d and %d is free".formatted(LOWEST, HIGHEST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
