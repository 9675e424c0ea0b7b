package io.quorate.coordinator.config;

import io.quorate.coordinator.config.ServerConfig.Origin;
import io.quorate.coordinator.config.ServerLine.ClientAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Reads a {@code zoo.cfg}, the file with the membership it may name, and {@code myid}, and says either what the server shall do
 * or all the reasons why it cannot (configuration, section 1).
 */
public final class ZooCfg {

    private static final String TICK_OF_EXAMPLES = "2000";

    private ZooCfg() {}

    /** What came of reading a configuration. */
    public sealed interface Result permits Accepted, Refused {}

    /** The configuration is sound. */
    public record Accepted(ServerConfig config) implements Result {}

    /** It is not; {@code reasons} are all of them, each names a key, what is wrong and what would be right. Never empty. */
    public record Refused(List<String> reasons) implements Result {}

    /** Like {@link #read(Path, Properties)} with the properties of this JVM. */
    public static Result read(Path file) {
        return read(file, System.getProperties());
    }

    /** Like {@link #standalone(Path, int, Properties)} with the properties of this JVM. */
    public static Result standalone(Path dataDir, int clientPort) {
        return standalone(dataDir, clientPort, System.getProperties());
    }

    /** Reads {@code file}; what it does not say is taken from the properties {@code system}, then from the defaults. */
    public static Result read(Path file, Properties system) {
        Findings findings = new Findings();
        Optional<Map<String, String>> entries = PropertyFile.read(file, findings);
        if (entries.isEmpty()) {
            return new Refused(findings.errors());
        }
        Settings settings = Settings.of(entries.get(), Origin.FILE, system, findings);
        Crosschecks.run(settings, findings);
        MemberChecks members = new MemberChecks(settings, findings);
        Optional<ClientAddress> client = members.clientAddress(entries.get());
        boolean zero = settings.isSet(ConfigKey.CLIENT_PORT);
        if (client.isEmpty() && (zero || settings.isMissing(ConfigKey.CLIENT_PORT))) {
            findings.error("clientPort is not set: nobody could connect; write clientPort=2181");
        }
        return result(settings, client, members.joined(), findings);
    }

    /**
     * What a server without a configuration file does: the folder, the port and the tick of {@link ServerConfig#standalone},
     * unless the properties {@code system} say otherwise.
     */
    public static Result standalone(Path dataDir, int clientPort, Properties system) {
        Findings findings = new Findings();
        Map<String, String> chosen = new HashMap<>();
        chosen.put(
                ConfigKey.DATA_DIR.key(), dataDir.toAbsolutePath().normalize().toString());
        chosen.put(ConfigKey.CLIENT_PORT.key(), Integer.toString(clientPort));
        chosen.put(ConfigKey.TICK_TIME.key(), TICK_OF_EXAMPLES);
        chosen.keySet().removeIf(key -> system.getProperty("zookeeper." + key) != null);
        Settings settings = Settings.of(chosen, Origin.ARGUMENT, system, findings);
        Crosschecks.run(settings, findings);
        ClientAddress client =
                new ClientAddress(settings.text(ConfigKey.CLIENT_PORT_ADDRESS), settings.number(ConfigKey.CLIENT_PORT));
        return result(settings, Optional.of(client), Optional.empty(), findings);
    }

    private static Result result(
            Settings settings,
            Optional<ClientAddress> client,
            Optional<MemberChecks.Joined> joined,
            Findings findings) {
        if (!findings.errors().isEmpty()) {
            return new Refused(findings.errors());
        }
        return new Accepted(new Assembly(settings, findings).config(client.orElseThrow(), joined));
    }
}
