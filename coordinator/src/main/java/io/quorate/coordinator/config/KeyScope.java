package io.quorate.coordinator.config;

import java.util.List;

/** Where a setting can be given besides the configuration file: the names of its system properties. */
enum KeyScope {
    /** {@code -Dzookeeper.<name>}. */
    ZOOKEEPER,
    /** {@code -D<name>} only; ZooKeeper does not read it from the file, this server does. */
    JVM,
    /** {@code -Dzookeeper.<name>}, or {@code -D<name>}. */
    EITHER,
    /** Only the configuration file. */
    FILE;

    /** The system properties of a key, the one that wins first. */
    List<String> properties(String name) {
        return switch (this) {
            case ZOOKEEPER -> List.of("zookeeper." + name);
            case JVM -> List.of(name);
            case EITHER -> List.of("zookeeper." + name, name);
            case FILE -> List.of();
        };
    }
}
