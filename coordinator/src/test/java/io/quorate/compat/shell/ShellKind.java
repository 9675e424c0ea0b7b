package io.quorate.compat.shell;

import java.util.List;

/** The shells that take the same commands. */
enum ShellKind {
    ZOOKEEPER("ZooKeeper CLI version: 3.9.5-", "org.apache.zookeeper.ZooKeeperMain"),
    QUORATE("Quorate shell version: ", "io.quorate.coordinator.Main", "shell");

    private final String version;
    private final List<String> main;

    ShellKind(String version, String... main) {
        this.version = version;
        this.main = List.of(main);
    }

    /** What its version begins with. */
    String version() {
        return version;
    }

    /** Main class and first arguments; the options of the shell follow. */
    List<String> main() {
        return main;
    }
}
