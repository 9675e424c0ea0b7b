package io.quorate.harness;

import java.util.List;
import java.util.Locale;

/** The two servers that take the same {@code zoo.cfg}: ours, and the one it must resemble. */
public enum ServerKind {
    QUORATE(
            List.of(System.getProperty("quorate.opens", "").trim().split(" +", -1)),
            List.of("io.quorate.coordinator.Main", "server")),
    ZOOKEEPER(
            List.of("-Dzookeeper.admin.enableServer=false"),
            List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain"));

    private final List<String> jvmOptions;
    private final List<String> main;

    ServerKind(List<String> jvmOptions, List<String> main) {
        this.jvmOptions = jvmOptions;
        this.main = main;
    }

    /** The kind that a system property names, in small letters; {@code otherwise} if it is not set. */
    public static ServerKind named(String property, ServerKind otherwise) {
        return valueOf(System.getProperty(property, otherwise.name()).toUpperCase(Locale.ROOT));
    }

    /** Options without which its JVM does not run as a test wants it. */
    List<String> jvmOptions() {
        return jvmOptions;
    }

    /** Main class and first arguments; the configuration file follows. */
    List<String> main() {
        return main;
    }
}
