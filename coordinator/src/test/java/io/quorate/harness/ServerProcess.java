package io.quorate.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
    private static final List<String> OPENS =
            List.of(System.getProperty("quorate.opens", "").trim().split(" +", -1));

    /** What the last part of a thread dump begins with. */
    private static final String DUMP_END = "JNI global refs";

    private final Process process;
    private final Path folder;
    private final int port;
    private final Path output;

    private ServerProcess(Process process, Path folder, int port, Path output) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.output = output;
    }

    /** Starts Quorate and returns when it serves. {@code settings} are zoo.cfg keys, {@code jvm} options for the JVM. */
    public static ServerProcess quorate(Path folder, int port, Map<String, String> settings, String... jvm) {
        return start(folder, port, settings, OPENS, List.of("io.quorate.coordinator.Main", "server"), jvm);
    }

    /** Starts ZooKeeper 3.9 and returns when it serves. */
    public static ServerProcess zooKeeper(Path folder, int port, Map<String, String> settings, String... jvm) {
        List<String> main = List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain");
        return start(folder, port, settings, List.of("-Dzookeeper.admin.enableServer=false"), main, jvm);
    }

    private static ServerProcess start(
            Path folder, int port, Map<String, String> settings, List<String> fixed, List<String> main, String... jvm) {
        try {
            Files.createDirectories(folder);
            Path config = writeConfig(folder, port, settings);
            List<String> command = command(config, fixed, main, jvm);
            Path output = folder.resolve("server.out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            ServerProcess server = new ServerProcess(process, folder, port, output);
            server.awaitServing();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line that starts Quorate on a configuration file, for tests that run it under another program. */
    public static List<String> quorateCommand(Path config, String... jvm) {
        return command(config, OPENS, List.of("io.quorate.coordinator.Main", "server"), jvm);
    }

    private static List<String> command(Path config, List<String> fixed, List<String> main, String... jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(fixed);
        command.add("-Xmx1g");
        command.addAll(List.of(jvm));
        command.add("-cp");
        command.add(classPath());
        command.addAll(main);
        command.add(config.toString());
        command.removeIf(String::isEmpty);
        return command;
    }

    /** Writes {@code folder/zoo.cfg} as a start would: {@code settings} on top of what every test server has. */
    public static Path writeConfig(Path folder, int port, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put("dataDir", folder.resolve("data").toString());
        all.put("clientPort", Integer.toString(port));
        all.put("clientPortAddress", "127.0.0.1");
        all.put("tickTime", "2000");
        all.put("4lw.commands.whitelist", "*");
        all.putAll(settings);
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(folder.resolve("zoo.cfg"), text);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A port on loopback that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitServing() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MILLIS);
        while (true) {
            if (fourLetterWord("srvr").contains("Mode:")) {
                return;
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("server did not start; its output:\n" + output());
            }
            pause(20);
        }
    }

    /** The answer to a four-letter word, empty if the server cannot be reached. */
    public String fourLetterWord(String word) {
        try (Socket socket = new Socket()) {
            socket.connect(address(), 5_000);
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

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** {@code host:port}, as clients want it. */
    public String connectString() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
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
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start().waitFor();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (output().indexOf(DUMP_END, (int) before) < 0 && System.nanoTime() < deadline) {
                pause(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return output();
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
