package io.quorate.coordinator.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What this process is: its build, the JVM and the machine, as the operator's commands show it. */
public final class ProcessFacts {

    private static final List<String> JVM_KEYS = List.of(
            "java.version",
            "java.vendor",
            "java.home",
            "java.class.path",
            "java.library.path",
            "java.io.tmpdir",
            "java.compiler",
            "os.name",
            "os.arch",
            "os.version",
            "user.name",
            "user.home",
            "user.dir");

    private ProcessFacts() {}

    /** The version of this build, such as {@code 0.1.0}. */
    public static String version() {
        return build("version");
    }

    /** When this build was made, such as {@code 2026-02-11 20:18 UTC}. */
    public static String builtOn() {
        return build("built").replace('T', ' ').replaceFirst(":\\d\\dZ$", " UTC");
    }

    /** Where the system wants temporary files. */
    public static Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String build(String key) {
        try (InputStream in = ProcessFacts.class.getResourceAsStream("/quorate.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host, JVM and machine, in the order of the four-letter word {@code envi} (client-protocol 14.2). */
    public static Map<String, String> environment() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("host.name", hostName());
        for (String key : JVM_KEYS) {
            facts.put(key, System.getProperty(key, "<NA>"));
        }
        Runtime runtime = Runtime.getRuntime();
        facts.put("os.memory.free", megabytes(runtime.freeMemory()));
        facts.put("os.memory.max", megabytes(runtime.maxMemory()));
        facts.put("os.memory.total", megabytes(runtime.totalMemory()));
        return facts;
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + "MB";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "<NA>";
        }
    }
}
