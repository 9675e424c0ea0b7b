package io.quorate.libraries;

/** The versions of Kafka that our library is mixed with. All of them run on the Java of these tests without further options. */
enum KafkaKind {
    /** Fences what its controller writes; topics have bodies of version 3. */
    NEW("3.9.1", "0.10.2.2"),
    /** The last one whose tools write into the tree themselves, without an id for the topic. */
    MIDDLE("2.8.2", "2.8.2"),
    /**
     * Elects in two steps and fences nothing, leaders write in-sync replicas themselves; topics have bodies of version 1, and there
     * are no ids. So C1 and C2 are asked of our transactions only; that an epoch rises by one, R1 to R3, S1 and S2 must hold for all.
     */
    OLD("1.1.1", "1.1.1");

    private final String version;
    private final String toolsVersion;

    KafkaKind(String version, String toolsVersion) {
        this.version = version;
        this.toolsVersion = toolsVersion;
    }

    String version() {
        return version;
    }

    /** Whose command creates topics in the tree: newer ones ask a broker. */
    String toolsVersion() {
        return toolsVersion;
    }

    /** Whether a controller takes office first, and raises the epoch in a second transaction. */
    boolean electsInSteps() {
        return this == OLD;
    }
}
