package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that real ZooKeeper servers wrote. */
final class Fixtures {

    private Fixtures() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    /** Copies one under the name that a data directory gives it. */
    static Path copy(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        return Files.write(to, bytes(name));
    }
}
