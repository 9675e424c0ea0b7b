package io.quorate.xcheck;

import java.util.Map;

/** Settings that change what clients see, by the name a run is repeated with. */
enum Flavour {
    /** TTL nodes and hard quotas. */
    FULL(Map.of()),

    /** What a configuration that says nothing means. */
    PLAIN(Map.of("extendedTypesEnabled", "false", "enforceQuota", "false")),

    /** No permissions, no digests, and closed sessions that do not list their nodes. */
    LAX(Map.of("skipACL", "yes", "digest.enabled", "false", "closeSessionTxn.enabled", "false"));

    private final Map<String, String> settings;

    Flavour(Map<String, String> settings) {
        this.settings = settings;
    }

    /** What goes over the common settings. */
    Map<String, String> settings() {
        return settings;
    }
}
