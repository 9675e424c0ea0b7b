package io.quorate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The servers that the driver can start, each from the driver's own class path. */
enum ServerKind {
    ZOOKEEPER,
    QUORATE,
    ECHO;

    /** The arguments for the JVM behind the common ones: options, main class, and what comes before the configuration. */
    List<String> mainArguments() {
        return switch (this) {
            case ZOOKEEPER -> List.of("org.apache.zookeeper.server.quorum.QuorumPeerMain");
            case QUORATE -> Stream.concat(opens().stream(), Stream.of("io.quorate.coordinator.Main", "server"))
                    .toList();
            case ECHO -> List.of(EchoServer.class.getName());
        };
    }

    /** What Quorate's libraries need from the JDK; the build writes the list from its one definition. */
    static List<String> opens() {
        try (InputStream in =
                Objects.requireNonNull(ServerKind.class.getResourceAsStream("jvm-options.txt"), "jvm-options.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.trim().split("\\s+", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
