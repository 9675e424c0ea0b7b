package io.quorate.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.config.ZooCfg;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;

/** A few members of one ensemble in this process, on loopback, each with its own folder. */
final class TestEnsemble implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int TICK_MILLIS = 500;
    private static final int SESSION_MILLIS = 10_000;

    private final Path folder;
    private final Map<Long, Integer> clientPorts = new TreeMap<>();
    private final Map<Long, Integer> electionPorts = new TreeMap<>();
    private final Map<Long, Coordinator> running = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<ZooKeeper> clients = new ArrayList<>();

    /** @param settings added to the file of every member */
    TestEnsemble(Path folder, int voters, int observers, String... settings) {
        this.folder = folder;
        lines.addAll(List.of(
                "tickTime=" + TICK_MILLIS,
                "initLimit=60",
                "syncLimit=40",
                "fastleader.maxNotificationInterval=1000",
                "4lw.commands.whitelist=*",
                "quorate.log.segmentMb=1",
                "quorate.log.reserveMb=1",
                "jute.maxbuffer=100000"));
        lines.addAll(List.of(settings));
        for (long sid = 1; sid <= voters + observers; sid++) {
            clientPorts.put(sid, ServerProcess.freePort());
            electionPorts.put(sid, ServerProcess.freePort());
            lines.add("server.%d=127.0.0.1:%d:%d%s"
                    .formatted(sid, ServerProcess.freePort(), electionPorts.get(sid), sid > voters ? ":observer" : ""));
        }
    }

    void startAll() throws Exception {
        for (long sid : clientPorts.keySet()) {
            start(sid);
        }
    }

    void start(long sid) throws IOException, StartException {
        Path data = Files.createDirectories(data(sid));
        Files.writeString(data.resolve("myid"), sid + "\n");
        List<String> own = new ArrayList<>(lines);
        own.add("dataDir=" + data);
        own.add("clientPort=" + clientPorts.get(sid));
        own.add("clientPortAddress=127.0.0.1");
        Path file = Files.write(folder.resolve("zoo" + sid + ".cfg"), own);
        ZooCfg.Result result = ZooCfg.read(file, new Properties());
        assertThat(result).isInstanceOf(ZooCfg.Accepted.class);
        running.put(sid, Coordinator.start(((ZooCfg.Accepted) result).config()));
    }

    int electionPort(long sid) {
        return electionPorts.get(sid);
    }

    Path data(long sid) {
        return folder.resolve("data" + sid);
    }

    /** Takes everything from a member that is stopped, but its number. */
    void wipe(long sid) throws IOException {
        try (Stream<Path> files = Files.walk(data(sid))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    void stop(long sid) {
        running.remove(sid).close();
    }

    /** The answer to a four-letter word; empty if nobody answers. */
    String word(long sid, String word) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", clientPorts.get(sid)));
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The value that {@code mntr} has for this name; empty if it does not list it. */
    Optional<String> metric(long sid, String name) {
        return word(sid, "mntr")
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts[0].equals(name))
                .map(parts -> parts[1])
                .findFirst();
    }

    /** What the server says that it is; empty while it does not serve. */
    String mode(long sid) {
        return word(sid, "srvr")
                .lines()
                .filter(line -> line.startsWith("Mode: "))
                .map(line -> line.substring("Mode: ".length()))
                .findFirst()
                .orElse("");
    }

    /** Waits until one leads and all others that run serve; returns who leads. */
    long awaitLeader() {
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        running.keySet().stream().noneMatch(sid -> mode(sid).isEmpty())
                                && running.keySet().stream()
                                                .filter(sid -> mode(sid).equals("leader"))
                                                .count()
                                        == 1);
        return running.keySet().stream()
                .filter(sid -> mode(sid).equals("leader"))
                .findFirst()
                .orElseThrow();
    }

    /** A client of this one server. */
    ZooKeeper client(long sid) throws IOException {
        return client("127.0.0.1:" + clientPorts.get(sid));
    }

    /** A client that may choose among all of them. */
    ZooKeeper client() throws IOException {
        return client(
                clientPorts.values().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
    }

    private ZooKeeper client(String servers) throws IOException {
        ZooKeeper client = new ZooKeeper(servers, SESSION_MILLIS, event -> {});
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        try {
            for (ZooKeeper client : clients) {
                client.close(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.values().forEach(Coordinator::close);
    }
}
