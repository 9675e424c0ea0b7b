package io.quorate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Owns one server under load: a child process of the driver with its configuration, data folder and output; or somebody
 * else's server, of which only the address is known and perhaps the process.
 */
final class Server implements Subject {

    private static final long START_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A server that is starting may accept a connection and forget it, so the first attempts are given up soon. */
    private static final int FIRST_PATIENCE_MILLIS = 50;

    private static final int WORD_MILLIS_MAX = 2_000;
    private static final String OUTPUT = "server.out";
    private static final int OUTPUT_LINES = 30;
    private static final String LOGGING = "logging.xml";

    private final Path folder;
    private final List<String> command;
    private final InetSocketAddress address;
    private final Thread killAtExit = new Thread(this::destroy);
    private Optional<ProcessHandle> process;

    private Server(InetSocketAddress address, Optional<ProcessHandle> process) {
        this.folder = Path.of("");
        this.command = List.of();
        this.address = address;
        this.process = process;
    }

    private Server(Side side, Path folder) throws IOException {
        this.folder = folder;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
        this.command = command(side, folder, writeConfig(side.settings()));
        try (InputStream in = Objects.requireNonNull(Server.class.getResourceAsStream(LOGGING), LOGGING)) {
            Files.copy(in, folder.resolve(LOGGING), StandardCopyOption.REPLACE_EXISTING);
        }
        this.process = spawn();
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    /** Starts a server with an empty data folder of its own below {@code parent}, and returns when it serves. */
    static Server start(Side side, Path parent) throws IOException {
        Path folder = parent.resolve(side.label().replaceAll("[^a-z0-9]", "-"));
        delete(folder);
        Server server = launch(side, folder);
        try {
            server.awaitServing();
            return server;
        } catch (IOException | RuntimeException e) {
            server.destroy();
            throw e;
        }
    }

    /** Starts a server on a folder, and does not wait for it. */
    static Server launch(Side side, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        return new Server(side, folder);
    }

    /** Aims at a server that runs already and that the driver must neither end nor restart. */
    static Server attached(InetSocketAddress address, OptionalLong pid) {
        return new Server(address, pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty());
    }

    /** Whether the driver started it, and may kill it. */
    boolean isOwn() {
        return !command.isEmpty();
    }

    @Override
    public String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(OUTPUT));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size()));
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    @Override
    public Target target() {
        return new Target(
                List.of(address), process.map(ProcessHandle::pid).stream().toList());
    }

    Path folder() {
        return folder;
    }

    /** kill -9, then a new process on the same data. Returns the nanoseconds from its start until it serves. */
    long killAndRestart() throws IOException {
        kill();
        return restart();
    }

    /** kill -9, and waits for the end. */
    void kill() {
        destroy();
    }

    /** A new process on the same data. Returns the nanoseconds from its start until it serves. */
    long restart() throws IOException {
        long start = System.nanoTime();
        process = spawn();
        awaitServing();
        return System.nanoTime() - start;
    }

    @Override
    public void close() throws IOException {
        if (!isOwn()) {
            return;
        }
        destroy();
        Runtime.getRuntime().removeShutdownHook(killAtExit);
        delete(folder);
    }

    private static List<String> command(Side side, Path folder, Path config) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(side.jvm());
        command.add("-Dlogback.configurationFile=" + folder.resolve(LOGGING));
        command.add("-Dzookeeper.admin.enableServer=false");
        command.add("-cp");
        command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
        command.addAll(side.kind().mainArguments());
        command.add(config.toString());
        return List.copyOf(command);
    }

    private Path writeConfig(List<String> settings) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + folder.resolve("data"),
                "clientPort=" + address.getPort(),
                "clientPortAddress=" + address.getAddress().getHostAddress(),
                "tickTime=2000",
                "maxClientCnxns=0"));
        lines.addAll(settings);
        return Files.write(folder.resolve("zoo.cfg"), lines);
    }

    private Optional<ProcessHandle> spawn() throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(OUTPUT).toFile()))
                .start();
        return Optional.of(started.toHandle());
    }

    /** Whether it says that it leads its ensemble. */
    boolean isLeader() {
        try {
            return word("srvr", WORD_MILLIS_MAX).contains("Mode: leader");
        } catch (IOException e) {
            // It does not answer now, so it does not lead.
            return false;
        }
    }

    /** What it answers to a four-letter word. */
    String word(String word, int millisMax) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, millisMax);
            socket.setSoTimeout(millisMax);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Waits until it serves. */
    void awaitServing() throws IOException {
        long deadline = System.nanoTime() + START_NANOS_MAX;
        int patienceMillis = FIRST_PATIENCE_MILLIS;
        while (true) {
            try (Session session = Session.open(address, patienceMillis)) {
                session.end();
                return;
            } catch (IOException e) {
                if (e instanceof SocketTimeoutException) {
                    patienceMillis *= 2;
                }
                if (!process.orElseThrow().isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("the server does not serve; its output:\n" + lastOutput(), e);
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void destroy() {
        ProcessHandle handle = process.orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
