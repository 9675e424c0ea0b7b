package io.quorate.ensemble;

import io.quorate.harness.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a member is to be found, whatever server sits there.
 *
 * @param sid its number in the ensemble
 * @param before the program that its process runs under, with arguments; empty for none
 */
record Seat(int sid, InetAddress host, int clientPort, int quorumPort, int electionPort, List<String> before) {

    /** Seats 1 to {@code count} on loopback. */
    static List<Seat> onLoopback(int count) {
        List<Integer> ports = Ports.free(3 * count);
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new Seat(
                    i + 1,
                    InetAddress.getLoopbackAddress(),
                    ports.get(3 * i),
                    ports.get(3 * i + 1),
                    ports.get(3 * i + 2),
                    List.of()));
        }
        return seats;
    }

    InetSocketAddress clientAddress() {
        return new InetSocketAddress(host, clientPort);
    }

    /** The value of its {@code server.N} line. */
    String line(boolean observer) {
        return host.getHostAddress() + ":" + quorumPort + ":" + electionPort + (observer ? ":observer" : "");
    }
}
