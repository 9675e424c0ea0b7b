package io.quorate.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One server in a process of its own: Quorate, or the ZooKeeper it is compared with. Both take the same {@code zoo.cfg}
 * keys. The data lives under the folder given, so a second process on the same folder is a restart.
 */
public final class ServerProcess implements AutoCloseable {

    private static final long START_LIMIT_MILLIS = 60_000;

    /** What the last part of a thread dump begins with. */
    private static final String DUMP_END = "JNI global refs";

    private final Process process;
    private final Path folder;
    private final InetSocketAddress address;
    private final Path output;

    private ServerProcess(Process process, Path folder, InetSocketAddress address, Path output) {
        this.process = process;
        this.folder = folder;
        this.address = address;
        this.output = output;
    }

    /** Starts Quorate and returns when it serves. {@code settings} are zoo.cfg keys, {@code jvm} options for the JVM. */
    public static ServerProcess quorate(Path folder, int port, Map<String, String> settings, String... jvm) {
        return start(ServerKind.QUORATE, folder, port, settings, jvm);
    }

    /** Starts ZooKeeper 3.9 and returns when it serves. */
    public static ServerProcess zooKeeper(Path folder, int port, Map<String, String> settings, String... jvm) {
        return start(ServerKind.ZOOKEEPER, folder, port, settings, jvm);
    }

    /** Starts a server of either kind on loopback and returns when it serves. */
    public static ServerProcess start(
            ServerKind kind, Path folder, int port, Map<String, String> settings, String... jvm) {
        ServerProcess server = launch(kind, folder, loopback(port), settings, List.of(), jvm);
        server.awaitServing();
        return server;
    }

    /**
     * Starts a server of either kind and does not wait for it: the other members of its ensemble may not be there yet.
     *
     * @param address where clients find it
     * @param before a program to run it under, with its arguments; empty for none
     */
    public static ServerProcess launch(
            ServerKind kind,
            Path folder,
            InetSocketAddress address,
            Map<String, String> settings,
            List<String> before,
            String... jvm) {
        try {
            Files.createDirectories(folder);
            Path config = writeConfig(folder, address, settings);
            List<String> command = new ArrayList<>(before);
            command.addAll(command(kind, config, jvm));
            Path output = folder.resolve("server.out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new ServerProcess(process, folder, address, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line that starts Quorate on a configuration file, for tests that run it under another program. */
    public static List<String> quorateCommand(Path config, String... jvm) {
        return command(ServerKind.QUORATE, config, jvm);
    }

    private static List<String> command(ServerKind kind, Path config, String... jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(kind.jvmOptions());
        command.add("-Xmx1g");
        command.addAll(List.of(jvm));
        command.add("-cp");
        command.add(JavaProcess.classPath());
        command.addAll(kind.main());
        command.add(config.toString());
        command.removeIf(String::isEmpty);
        return command;
    }

    /** Writes {@code folder/zoo.cfg} as a start would: {@code settings} on top of what every test server has. */
    public static Path writeConfig(Path folder, int port, Map<String, String> settings) throws IOException {
        return writeConfig(folder, loopback(port), settings);
    }

    private static Path writeConfig(Path folder, InetSocketAddress address, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put("dataDir", folder.resolve("data").toString());
        all.put("clientPort", Integer.toString(address.getPort()));
        all.put("clientPortAddress", address.getAddress().getHostAddress());
        all.put("tickTime", "2000");
        all.put("4lw.commands.whitelist", "*");
        all.putAll(settings);
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(folder.resolve("zoo.cfg"), text);
    }

    /** A port on loopback that was free a moment ago. */
    public static int freePort() {
        return Ports.free(1).get(0);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Waits until the server answers clients, in an ensemble as leader, follower or observer; ends it if it does not. */
    public void awaitServing() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MILLIS);
        while (!fourLetterWord("srvr").contains("Mode:")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("server did not start; its output:\n" + output());
            }
            pause(20);
        }
    }

    /** The answer to a four-letter word, empty if the server cannot be reached. */
    public String fourLetterWord(String word) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 5_000);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(word.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Where clients find it. */
    public InetSocketAddress address() {
        return address;
    }

    /** {@code host:port}, as clients want it. */
    public String connectString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    public int port() {
        return address.getPort();
    }

    public Path folder() {
        return folder;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything the process printed so far, earlier starts on the same folder included. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks the JVM to print what its threads do (SIGQUIT), and returns its whole output when that has come, or what there is
     * after ten seconds.
     */
    public String threadDump() {
        long before = output().length();
        signal("QUIT");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (output().indexOf(DUMP_END, (int) before) < 0 && System.nanoTime() < deadline) {
            pause(50);
        }
        return output();
    }

    /** SIGSTOP: the process stands still, its connections stay open. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had been. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        JavaProcess.signal(process, name);
    }

    /** kill -9, and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and waits for the end. Returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
