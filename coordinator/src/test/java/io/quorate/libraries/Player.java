package io.quorate.libraries;

import io.quorate.harness.JavaProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One place for a process with members or a broker, its wire to the servers, and the process that sits there now. For one thread. */
final class Player implements AutoCloseable {
    private static final String[] JVM = {
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-ea",
        "-Dlogback.configurationFile=ensemble/logback.xml"
    };

    private final Class<?> main;
    private final String name;
    private final Path folder;
    private final Wire wire;
    private final List<Path> logs = new ArrayList<>();
    private JavaProcess process;
    private int lives;

    private Player(Class<?> main, String name, Path folder, List<InetSocketAddress> servers) {
        this.main = main;
        this.name = name;
        this.folder = folder;
        this.wire = new Wire(servers);
    }

    /** With members of both groups. */
    static Player consumer(int number, Path folder, List<InetSocketAddress> servers) {
        return new Player(ConsumerProcess.class, "c" + number, folder, servers);
    }

    /** With the broker of this id. */
    static Player broker(int id, Path folder, List<InetSocketAddress> servers) {
        return new Player(BrokerProcess.class, Integer.toString(id), folder, servers);
    }

    boolean isConsumer() {
        return main == ConsumerProcess.class;
    }

    /** Starts a process, unless there is one: the next life. */
    void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        lives++;
        List<String> arguments = new ArrayList<>(List.of(wire.connectString()));
        if (isConsumer()) {
            Path log = folder.resolve(life() + ".log");
            logs.add(log);
            arguments.addAll(List.of(life(), name, log.toString()));
        } else {
            arguments.add(name);
        }
        process = JavaProcess.start(main, arguments, folder.resolve(name + ".out"), JVM);
    }

    /** What the hosts of this life have in their names. */
    String life() {
        return name + "." + lives;
    }

    /** The number of a broker. */
    int id() {
        return Integer.parseInt(name);
    }

    /** Where its lives have written what they did. */
    List<Path> logs() {
        return List.copyOf(logs);
    }

    Wire wire() {
        return wire;
    }

    JavaProcess process() {
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        wire.close();
    }

    @Override
    public String toString() {
        return (isConsumer() ? "consumers " : "broker ") + name;
    }
}
