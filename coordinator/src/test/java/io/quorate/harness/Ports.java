package io.quorate.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds ports on loopback for servers that will come back to them. */
public final class Ports {

    /** Below the range from which the system takes ports for connections: those could take the port of a dead server. */
    private static final int LOWEST = 10_240;

    private static final int HIGHEST = 32_000;

    /** Processes of tests that run at the same time; each has a part of the range. */
    private static final int PROCESSES_MAX = 8;

    private static final int PART = (HIGHEST - LOWEST) / PROCESSES_MAX;
    private static final int FIRST = LOWEST + PART * (Integer.getInteger("quorate.fork", 0) % PROCESSES_MAX);

    /** What this process was told: a port may be asked for long before somebody listens on it. */
    private static final Set<Integer> TOLD = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** So many different ports that nobody listened on a moment ago and that nobody in this process was told before. */
    public static List<Integer> free(int count) {
        Random random = new Random();
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int port = FIRST + random.nextInt(PART);
            if (isFree(port) && TOLD.add(port)) {
                found.add(port);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
