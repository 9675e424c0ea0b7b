package io.quorate.coordinator.config;

import io.quorate.coordinator.config.ServerConfig.Choice;
import io.quorate.coordinator.config.ServerConfig.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The value of every key, chosen from the configuration file, the system properties and the defaults, in this order. A value
 * that cannot be read is reported and replaced by the default, so that everything else can still be checked.
 */
final class Settings {

    private static final String PREFIX = "zookeeper.";

    private final Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
    private final Map<ConfigKey, Choice> choices = new EnumMap<>(ConfigKey.class);
    private final Map<String, String> members = new TreeMap<>();
    private final Set<ConfigKey> bad = EnumSet.noneOf(ConfigKey.class);
    private final Findings findings;

    private Settings(Findings findings) {
        this.findings = findings;
    }

    /** Reads every key. {@code given} wins over the system properties; {@code origin} is where it comes from. */
    static Settings of(Map<String, String> given, Origin origin, Properties system, Findings findings) {
        Settings settings = new Settings(findings);
        for (ConfigKey key : ConfigKey.values()) {
            if (!key.isFamily()) {
                settings.choose(
                        key, Optional.ofNullable(given.get(key.key())).map(value -> new Found(value, origin)), system);
            }
        }
        given.forEach((name, value) -> settings.lookAt(name, name, value));
        for (String property :
                new TreeMap<>(system).keySet().stream().map(String::valueOf).toList()) {
            settings.lookAtProperty(property, system.getProperty(property));
        }
        return settings;
    }

    private void choose(ConfigKey key, Optional<Found> given, Properties system) {
        List<Found> found = new ArrayList<>(given.stream().toList());
        for (String property : key.properties()) {
            String value = system.getProperty(property);
            if (value != null) {
                found.add(new Found(value.trim(), Origin.PROPERTY));
            }
        }
        found.add(new Found(key.fallback(), Origin.DEFAULT));
        Found first = found.get(0);
        take(key, first);
        if (found.subList(0, found.size() - 1).stream().anyMatch(other -> !other.value.equals(first.value))) {
            findings.notice("%s is set more than once; the value %s wins".formatted(key.key(), first.origin));
        }
    }

    private void take(ConfigKey key, Found found) {
        boolean unset = found.origin == Origin.DEFAULT && found.value.isEmpty();
        choices.put(key, new Choice(key, key.isSecret() && !unset ? "(set)" : found.value, found.origin));
        if (unset) {
            return;
        }
        try {
            Object value = key.parse(found.value);
            values.put(key, value);
            if (key.status() != KeyStatus.BUILT && !value.equals(defaultOf(key))) {
                findings.notice(key.key() + " " + key.status().notice());
            }
        } catch (IllegalArgumentException e) {
            findings.badValue(key.key(), found.value, found.origin, key.expects());
            take(key, new Found(key.fallback(), Origin.DEFAULT));
            bad.add(key);
        }
    }

    /** The value of the default; nothing if there is none, so that every given value differs from it. */
    private static Object defaultOf(ConfigKey key) {
        return key.fallback().isEmpty() ? null : key.parse(key.fallback());
    }

    private void lookAtProperty(String property, String value) {
        if (property.startsWith("quorate.")) {
            lookAt(property, property, value);
        } else if (property.startsWith(PREFIX)) {
            lookAt(property.substring(PREFIX.length()), property, value);
        }
    }

    /** Members of families, and names nobody knows; single keys were dealt with before. */
    private void lookAt(String name, String asGiven, String value) {
        Optional<ConfigKey> key = ConfigKey.named(name);
        if (key.isEmpty()) {
            findings.notice("unknown key " + asGiven + " has no effect" + Spelling.hint(name));
        } else if (key.get() == ConfigKey.AUTH_PROVIDER) {
            members.put(name, value);
            if (!Crosschecks.BUILT_IN_PROVIDERS.contains(value)) {
                findings.notice("%s=%s is not built yet and has no effect".formatted(asGiven, value));
            }
        } else if (key.get().isFamily()) {
            members.put(name, value);
            if (!Membership.isMemberKey(name)) {
                findings.notice(asGiven + " " + key.get().status().notice());
            }
        }
    }

    /** The value of a key that belongs to a family, by its full name in the file. */
    Optional<String> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    boolean isSet(ConfigKey key) {
        return values.containsKey(key);
    }

    /** Whether nobody gave a value; false also for a value that was given and reported as bad. */
    boolean isMissing(ConfigKey key) {
        return !isSet(key) && !bad.contains(key);
    }

    Origin origin(ConfigKey key) {
        return choices.get(key).origin();
    }

    boolean isGiven(ConfigKey key) {
        return origin(key) != Origin.DEFAULT;
    }

    /** A number that fits an int; the key must have a value. */
    int number(ConfigKey key) {
        return Math.toIntExact(big(key));
    }

    /** A number; the key must have a value. */
    long big(ConfigKey key) {
        return (Long) values.get(key);
    }

    boolean flag(ConfigKey key) {
        return (Boolean) values.get(key);
    }

    /** The text of a key, empty if it has no value. */
    String text(ConfigKey key) {
        return (String) values.getOrDefault(key, "");
    }

    Optional<Path> path(ConfigKey key) {
        return Optional.ofNullable((Path) values.get(key));
    }

    @SuppressWarnings("unchecked")
    List<String> words(ConfigKey key) {
        return (List<String>) values.getOrDefault(key, List.of());
    }

    /** Says what a default that depends on other keys came to. */
    void became(ConfigKey key, Object effective) {
        choices.computeIfPresent(key, (same, choice) -> new Choice(key, effective.toString(), choice.origin()));
    }

    /** What was chosen for every key that does something, in the order of {@link ConfigKey}. */
    List<Choice> choices() {
        return choices.values().stream()
                .filter(choice -> choice.key().status() == KeyStatus.BUILT)
                .toList();
    }

    private record Found(String value, Origin origin) {}
}
