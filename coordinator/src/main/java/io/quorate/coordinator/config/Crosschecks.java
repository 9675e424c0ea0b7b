package io.quorate.coordinator.config;

import static io.quorate.coordinator.config.ConfigKey.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules that involve more than one key (configuration, sections 2 and 7). Reports all that are broken. */
final class Crosschecks {

    /** The authentication providers that need no notice. */
    static final Set<String> BUILT_IN_PROVIDERS = Set.of(
            "org.apache.zookeeper.server.auth.DigestAuthenticationProvider",
            "org.apache.zookeeper.server.auth.IPAuthenticationProvider");

    private static final Set<String> METRICS_PROVIDERS = Set.of(
            "",
            "org.apache.zookeeper.metrics.impl.DefaultMetricsProvider",
            "org.apache.zookeeper.metrics.impl.NullMetricsProvider",
            "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider");

    private final Settings settings;
    private final Findings findings;

    private Crosschecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** Reports every broken rule. */
    static void run(Settings settings, Findings findings) {
        new Crosschecks(settings, findings).run();
    }

    private void run() {
        check(!settings.isMissing(DATA_DIR), "dataDir is not set: write dataDir=/path/to/data");
        portChecks();
        saslChecks();
        check(
                sessionTimeoutMin(settings) <= sessionTimeoutMax(settings),
                "minSessionTimeout (%d ms) must not be larger than maxSessionTimeout (%d ms)"
                        .formatted(sessionTimeoutMin(settings), sessionTimeoutMax(settings)));
        check(
                METRICS_PROVIDERS.contains(settings.text(METRICS_CLASS)),
                "metricsProvider.className=%s: there is no such provider here; remove the line"
                        .formatted(settings.text(METRICS_CLASS)));
        if (settings.isSet(SECURE_CLIENT_PORT)) {
            secureProviderCheck();
        }
        commandCheck();
        if (settings.origin(LOG_LEVEL) == ServerConfig.Origin.FILE) {
            findings.notice("quorate.log.level has no effect in the file; give -Dquorate.log.level to the JVM");
        }
    }

    private void portChecks() {
        check(
                hasPort(CLIENT_PORT) || !settings.isGiven(CLIENT_PORT_ADDRESS),
                "clientPortAddress is set but clientPort is not: write clientPort=2181");
        check(
                hasPort(SECURE_CLIENT_PORT) || !settings.isGiven(SECURE_CLIENT_PORT_ADDRESS),
                "secureClientPortAddress is set but secureClientPort is not");
    }

    private boolean hasPort(ConfigKey key) {
        return settings.isSet(key) && settings.number(key) != 0;
    }

    private void saslChecks() {
        boolean enabled = settings.flag(QUORUM_SASL);
        boolean learner = settings.flag(LEARNER_SASL);
        boolean server = settings.flag(SERVER_SASL);
        check(enabled || !learner, "quorum.auth.learnerRequireSasl=true needs quorum.auth.enableSasl=true");
        check(enabled || !server, "quorum.auth.serverRequireSasl=true needs quorum.auth.enableSasl=true");
        check(learner || !server, "quorum.auth.serverRequireSasl=true needs quorum.auth.learnerRequireSasl=true");
    }

    private void secureProviderCheck() {
        String scheme = settings.member("ssl.authProvider").orElse("x509");
        Optional<String> provider = settings.member("authProvider." + scheme);
        check(
                scheme.equals("x509") || provider.isPresent(),
                "ssl.authProvider=%s: there is no authProvider.%s line".formatted(scheme, scheme));
    }

    private void commandCheck() {
        List<String> known = List.of(
                "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hand", "hash", "hdto", "isro", "mntr", "ruok",
                "srst", "srvr", "stat", "stmk", "wchc", "wchp", "wchs", "*");
        for (String word : settings.words(FOUR_LETTER_WORDS)) {
            if (!known.contains(word)) {
                findings.notice("4lw.commands.whitelist: there is no command " + word);
            }
        }
    }

    private void check(boolean holds, String error) {
        if (!holds) {
            findings.error(error);
        }
    }

    /** The lower bound of session timeouts, in milliseconds. */
    static int sessionTimeoutMin(Settings settings) {
        int given = settings.number(MIN_SESSION_TIMEOUT);
        return given == -1 ? Math.multiplyExact(settings.number(TICK_TIME), 2) : given;
    }

    /** The upper bound of session timeouts, in milliseconds. */
    static int sessionTimeoutMax(Settings settings) {
        int given = settings.number(MAX_SESSION_TIMEOUT);
        return given == -1 ? Math.multiplyExact(settings.number(TICK_TIME), 20) : given;
    }
}
