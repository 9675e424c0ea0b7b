package io.quorate.coordinator.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the servers of the demo listen.
 *
 * @param ports three for each server: for clients, quorum and election
 */
record DemoServers(List<Integer> ports) {

    static final int COUNT = 3;

    private static final int PORTS_EACH = 3;
    private static final String HOST = "127.0.0.1";

    /** Takes ports that nobody listens on; they are looked for all at the same time, so that they differ. */
    static DemoServers onFreePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < COUNT * PORTS_EACH; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return new DemoServers(
                    sockets.stream().map(ServerSocket::getLocalPort).toList());
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Where clients find a server, counted from 1. */
    String address(int server) {
        return HOST + ":" + port(server, 0);
    }

    private int port(int server, int which) {
        return ports.get((server - 1) * PORTS_EACH + which);
    }

    /** Where clients find all of them. */
    String connectString() {
        return IntStream.rangeClosed(1, COUNT).mapToObj(this::address).collect(Collectors.joining(","));
    }

    /** Writes the configuration of a server into this folder. Its data goes into another: a server takes no folder of others. */
    Path writeConfig(Path folder, int server) throws IOException {
        Path data = Files.createDirectories(folder.resolve("server-" + server));
        Files.writeString(data.resolve("myid"), server + "\n");
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data,
                "clientPort=" + port(server, 0),
                "clientPortAddress=" + HOST,
                "tickTime=1000",
                "initLimit=20",
                "syncLimit=10",
                "preAllocSize=4096",
                "quorate.log.segmentMb=8",
                "quorate.log.reserveMb=16",
                "4lw.commands.whitelist=*"));
        for (int each = 1; each <= COUNT; each++) {
            lines.add("server." + each + "=" + HOST + ":" + port(each, 1) + ":" + port(each, 2) + ";" + address(each));
        }
        return Files.write(folder.resolve("server-" + server + ".cfg"), lines);
    }
}
