package io.quorate.coordinator.config;

import static io.quorate.coordinator.config.ConfigKey.*;

import io.quorate.coordinator.config.ServerConfig.AclSettings;
import io.quorate.coordinator.config.ServerConfig.Choose;
import io.quorate.coordinator.config.ServerConfig.ContainerSettings;
import io.quorate.coordinator.config.ServerConfig.FourLetterWords;
import io.quorate.coordinator.config.ServerConfig.Limits;
import io.quorate.coordinator.config.ServerConfig.Listener;
import io.quorate.coordinator.config.ServerConfig.LogSettings;
import io.quorate.coordinator.config.ServerConfig.Purge;
import io.quorate.coordinator.config.ServerConfig.SessionLimits;
import io.quorate.coordinator.config.ServerConfig.SnapshotSettings;
import io.quorate.coordinator.config.ServerConfig.ThreadSettings;
import io.quorate.coordinator.config.ServerConfig.Threading;
import io.quorate.coordinator.config.ServerConfig.Transport;
import io.quorate.coordinator.config.ServerConfig.TreeRules;
import io.quorate.coordinator.config.ServerLine.ClientAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Builds the configuration from settings that passed every check: bounds, units and defaults that depend on other keys. */
final class Assembly {

    private static final int KIB = 10;
    private static final int MIB = 20;
    private static final int SNAPSHOTS_KEPT_MIN = 3;
    private static final int TRANSACTIONS_BETWEEN_MIN = 2;
    private static final int COMMIT_LOG_MIN = 500;
    private static final int RECORD_EXTRA_BYTES_MIN = 1024;

    private final Settings settings;
    private final Findings findings;

    Assembly(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    ServerConfig config(ClientAddress client, Optional<MemberChecks.Joined> joined) {
        DataFolders folders = folders();
        SnapshotSettings snapshots = snapshots();
        Listener listener = new Listener(
                client.host().equals("0.0.0.0") ? "" : client.host(),
                client.port(),
                settings.number(LISTEN_BACKLOG),
                settings.flag(CLIENT_TCP_KEEP_ALIVE),
                settings.number(SESSIONLESS_TIMEOUT));
        SessionLimits sessions =
                new SessionLimits(Crosschecks.sessionTimeoutMin(settings), Crosschecks.sessionTimeoutMax(settings));
        Limits limits = limits();
        settings.became(DATA_DIR, folders.dataDir());
        settings.became(DATA_LOG_DIR, folders.dataLogDir());
        settings.became(CLIENT_PORT, listener.port());
        settings.became(CLIENT_PORT_ADDRESS, listener.host().isEmpty() ? "all interfaces" : listener.host());
        settings.became(MIN_SESSION_TIMEOUT, sessions.timeoutMillisMin());
        settings.became(MAX_SESSION_TIMEOUT, sessions.timeoutMillisMax());
        settings.became(JUTE_EXTRA_SIZE, limits.recordExtraBytes());
        settings.became(SNAP_COUNT, snapshots.transactionsBetween());
        settings.became(PURGE_RETAIN, snapshots.retainCount());
        if (snapshots.purge() == Purge.AFTER_EACH_SNAPSHOT) {
            settings.became(PURGE_INTERVAL, "after each snapshot");
        }
        if (!settings.flag(FORCE_SYNC)) {
            findings.notice("forceSync=no: a power loss can lose writes that were acknowledged");
        }
        return new ServerConfig(
                folders,
                settings.number(TICK_TIME),
                listener,
                sessions,
                limits,
                tree(),
                log(),
                snapshots,
                threads(),
                fourLetterWords(),
                joined.map(this::ensemble),
                findings.notices(),
                settings.choices());
    }

    private Ensemble ensemble(MemberChecks.Joined joined) {
        Membership members = joined.members();
        int initLimit = settings.number(INIT_LIMIT);
        int syncLimit = settings.number(SYNC_LIMIT);
        int helloMillis = settings.number(QUORUM_CNXN_TIMEOUT);
        int connectTicks = settings.number(CONNECT_LIMIT);
        Ensemble.Connections connections = new Ensemble.Connections(
                settings.flag(LISTEN_ON_ALL),
                settings.flag(MULTI_ADDRESS),
                settings.number(BIND_RETRY),
                Math.max(1, settings.number(CNX_TIMEOUT)),
                helloMillis > 0 ? helloMillis : ticks(syncLimit),
                settings.flag(TCP_KEEP_ALIVE),
                connectTicks > 0 ? connectTicks : initLimit,
                settings.number(LEADER_CONNECT_DELAY));
        int firstWait = Math.max(1, settings.number(MIN_NOTIFICATION));
        Ensemble.Voting voting = new Ensemble.Voting(
                firstWait, Math.max(firstWait, settings.number(MAX_NOTIFICATION)), settings.number(MAX_EPOCH_WAIT));
        return new Ensemble(
                joined.sid(),
                members.servers().stream().map(Assembly::member).toList(),
                members.groups(),
                members.weights(),
                members.text(joined.version()),
                initLimit,
                syncLimit,
                connections,
                voting,
                new Ensemble.CatchingUp(atLeast(COMMIT_LOG_MIN, COMMIT_LOG_COUNT), settings.flag(FORCE_SNAPSHOT_SYNC)),
                new Ensemble.Succession(
                        settings.number(HAND_OVER),
                        settings.number(KEEP_CLIENTS),
                        settings.isSet(EPOCH_COUNTER_MAX) ? settings.number(EPOCH_COUNTER_MAX) : 0),
                settings.flag(READ_ONLY_MODE));
    }

    private int ticks(int count) {
        return Math.multiplyExact(settings.number(TICK_TIME), count);
    }

    private static Ensemble.Member member(ServerLine line) {
        List<Ensemble.Address> addresses = line.addresses().stream()
                .map(address -> new Ensemble.Address(address.host(), address.quorumPort(), address.electionPort()))
                .toList();
        return new Ensemble.Member(line.sid(), addresses, line.role() == ServerLine.Role.OBSERVER);
    }

    private DataFolders folders() {
        Path dataDir = settings.path(DATA_DIR).orElseThrow();
        Path dataLogDir = settings.path(DATA_LOG_DIR).orElse(dataDir);
        warnIfRelative(dataDir, DATA_DIR);
        warnIfRelative(dataLogDir, DATA_LOG_DIR);
        return new DataFolders(absolute(dataDir), absolute(dataLogDir), settings.flag(DATADIR_AUTOCREATE));
    }

    private void warnIfRelative(Path path, ConfigKey key) {
        if (settings.isSet(key) && !path.isAbsolute()) {
            findings.notice("%s=%s is relative to the folder in which the server was started: %s"
                    .formatted(key.key(), path, absolute(path)));
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Limits limits() {
        int frame = settings.number(JUTE_MAX_BUFFER);
        int extra = settings.isSet(JUTE_EXTRA_SIZE) ? atLeast(RECORD_EXTRA_BYTES_MIN, JUTE_EXTRA_SIZE) : frame;
        return new Limits(
                settings.number(MAX_CLIENT_CNXNS),
                settings.number(MAX_CNXNS),
                settings.number(GLOBAL_OUTSTANDING_LIMIT),
                frame,
                Math.max(RECORD_EXTRA_BYTES_MIN, extra),
                settings.number(LARGE_REQUEST_THRESHOLD),
                settings.number(LARGE_REQUEST_MAX));
    }

    private TreeRules tree() {
        AclSettings acl = new AclSettings(
                settings.flag(SKIP_ACL),
                settings.flag(DIGEST_SCHEME),
                Optional.of(settings.text(SUPER_DIGEST)).filter(digest -> !digest.isEmpty()),
                settings.text(DIGEST_ALG));
        ContainerSettings containers = new ContainerSettings(
                settings.number(CONTAINER_CHECK),
                settings.number(CONTAINER_PER_MINUTE),
                settings.number(CONTAINER_NEVER_USED));
        return new TreeRules(
                settings.flag(EXTENDED_TYPES),
                settings.flag(ENFORCE_QUOTA),
                settings.flag(DIGEST_ENABLED),
                settings.flag(CLOSE_SESSION_TXN),
                acl,
                containers);
    }

    private LogSettings log() {
        long limit = settings.big(TXN_LOG_SIZE_LIMIT);
        return new LogSettings(
                settings.flag(FORCE_SYNC),
                settings.number(FSYNC_WARNING),
                settings.number(MAX_BATCH_SIZE),
                Math.max(0, settings.big(PRE_ALLOC_SIZE)) << KIB,
                limit > 0 ? limit << KIB : settings.big(LOG_SEGMENT) << MIB,
                settings.big(LOG_RESERVE) << MIB,
                settings.big(LOG_BUDGET) << MIB,
                choice(Choose.class, LOG_INLINE));
    }

    private SnapshotSettings snapshots() {
        int hours = settings.isSet(PURGE_INTERVAL) ? Math.max(0, settings.number(PURGE_INTERVAL)) : 0;
        Purge unlessPeriodic = settings.isSet(PURGE_INTERVAL) ? Purge.NEVER : Purge.AFTER_EACH_SNAPSHOT;
        return new SnapshotSettings(
                atLeast(TRANSACTIONS_BETWEEN_MIN, SNAP_COUNT),
                Math.max(0, settings.big(SNAP_SIZE_LIMIT)) << KIB,
                hours > 0 ? Purge.PERIODIC : unlessPeriodic,
                hours,
                atLeast(SNAPSHOTS_KEPT_MIN, PURGE_RETAIN),
                settings.big(SNAPSHOT_MAX_TOTAL) << MIB);
    }

    /** A number that is raised to the least that works, with a notice, as ZooKeeper does it for these keys. */
    private int atLeast(int min, ConfigKey key) {
        int given = settings.number(key);
        if (given < min) {
            findings.notice("%s=%d is raised to %d, the least that works".formatted(key.key(), given, min));
        }
        return Math.max(min, given);
    }

    private ThreadSettings threads() {
        return new ThreadSettings(
                choice(Threading.class, THREADING),
                settings.number(EVENT_LOOP_THREADS),
                choice(Transport.class, TRANSPORT));
    }

    private FourLetterWords fourLetterWords() {
        Set<String> words = new HashSet<>(settings.words(FOUR_LETTER_WORDS));
        if (settings.flag(READ_ONLY_MODE)) {
            words.add("isro");
        }
        return new FourLetterWords(words.contains("*"), Set.copyOf(words));
    }

    private <E extends Enum<E>> E choice(Class<E> type, ConfigKey key) {
        return Enum.valueOf(type, settings.text(key).toUpperCase(Locale.ROOT));
    }
}
