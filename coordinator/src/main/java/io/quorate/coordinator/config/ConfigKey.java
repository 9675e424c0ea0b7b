package io.quorate.coordinator.config;

import static io.quorate.coordinator.config.KeyScope.EITHER;
import static io.quorate.coordinator.config.KeyScope.FILE;
import static io.quorate.coordinator.config.KeyScope.JVM;
import static io.quorate.coordinator.config.KeyStatus.ACCEPTED;
import static io.quorate.coordinator.config.KeyStatus.LATER;
import static io.quorate.coordinator.config.Parser.ANY;
import static io.quorate.coordinator.config.Parser.bool;
import static io.quorate.coordinator.config.Parser.bytes;
import static io.quorate.coordinator.config.Parser.decimal;
import static io.quorate.coordinator.config.Parser.digestAlgorithm;
import static io.quorate.coordinator.config.Parser.hexadecimal;
import static io.quorate.coordinator.config.Parser.host;
import static io.quorate.coordinator.config.Parser.kibibytes;
import static io.quorate.coordinator.config.Parser.mebibytes;
import static io.quorate.coordinator.config.Parser.millis;
import static io.quorate.coordinator.config.Parser.oneOf;
import static io.quorate.coordinator.config.Parser.oneOfAnyCase;
import static io.quorate.coordinator.config.Parser.path;
import static io.quorate.coordinator.config.Parser.port;
import static io.quorate.coordinator.config.Parser.text;
import static io.quorate.coordinator.config.Parser.whole;
import static io.quorate.coordinator.config.Parser.words;
import static io.quorate.coordinator.config.Parser.yesNo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting: its name in {@code zoo.cfg}, its system properties, what it accepts, its default, whether it is built, and one
 * line of documentation. The {@code config} command and the table in docs/OPERATING.md are printed from it. A name that ends
 * with {@code *} stands for a family of keys. The default is what this server does when nobody says anything; where ZooKeeper
 * does something else, the line says so. One table, so it is longer than a class should be.
 */
public enum ConfigKey {
    // Where the data is, and who may connect.
    DATA_DIR("dataDir", path(), "", "Folder of the snapshots. Required."),
    DATA_LOG_DIR("dataLogDir", path(), "", "Folder of the transaction log. Default: dataDir."),
    DATADIR_AUTOCREATE("datadir.autocreate", bool(), "true", "Create missing data folders at start."),
    TICK_TIME(
            "tickTime",
            whole(1, 107_374_182).in("ms"),
            "3000",
            "Base unit of time: session deadlines are rounded to it."),
    CLIENT_PORT("clientPort", port(), "", "Port for clients. Required; 0 counts as not set."),
    CLIENT_PORT_ADDRESS("clientPortAddress", host(), "", "Interface of clientPort. Default: all."),
    LISTEN_BACKLOG("clientPortListenBacklog", whole(-1), "-1", "Accept backlog; -1: the system's choice."),
    CLIENT_TCP_KEEP_ALIVE("clientTcpKeepAlive", bool(), "false", "TCP keep-alive on client connections."),
    MIN_SESSION_TIMEOUT("minSessionTimeout", millis(-1), "-1", "Lowest session timeout; -1: 2 x tickTime."),
    MAX_SESSION_TIMEOUT("maxSessionTimeout", millis(-1), "-1", "Highest session timeout; -1: 20 x tickTime."),
    MAX_CLIENT_CNXNS("maxClientCnxns", whole(0), "60", "Connections per client address; 0: no limit."),
    MAX_CNXNS("maxCnxns", whole(0), "0", "Connections in total; 0: no limit."),
    SESSIONLESS_TIMEOUT(
            "nio.sessionlessCnxnTimeout", millis(1), "10000", "Time for a connection to ask for a session."),

    // Limits and rules of requests.
    JUTE_MAX_BUFFER(JVM, "jute.maxbuffer", bytes(1), "1048575", "Longest request."),
    JUTE_EXTRA_SIZE(
            "jute.maxbuffer.extrasize",
            bytes(ANY),
            "",
            "Slack for stored records; at least 1024. Default: jute.maxbuffer."),
    GLOBAL_OUTSTANDING_LIMIT(
            "globalOutstandingLimit", whole(1), "16384", "Requests in flight before sockets are not read."),
    LARGE_REQUEST_THRESHOLD(
            "largeRequestThreshold", whole(-1).in("bytes"), "-1", "From this size a request is large; -1: none."),
    LARGE_REQUEST_MAX("largeRequestMaxBytes", bytes(0), "104857600", "Large requests in flight, in total."),
    THROTTLED_OP_WAIT(
            "throttled_op_wait_time", millis(0), "0", ACCEPTED, "Wait after which a request is refused; 0: never."),
    SKIP_ACL("skipACL", yesNo(), "no", "yes: no permission is checked."),
    ENFORCE_QUOTA("enforceQuota", bool(), "false", "Refuse writes that exceed a hard quota."),
    EXTENDED_TYPES("extendedTypesEnabled", bool(), "false", "Allow nodes with a time to live."),
    EMULATE_353_TTL(
            "emulate353TTLNodes",
            oneOfAnyCase("false"),
            "false",
            "The TTL layout of ZooKeeper 3.5.3; cannot be turned on."),
    DIGEST_ENABLED("digest.enabled", bool(), "true", "Keep a digest of the tree."),
    CLOSE_SESSION_TXN(
            "closeSessionTxn.enabled", bool(), "true", "A closed session's transaction lists its ephemeral nodes."),
    CONTAINER_CHECK(
            JVM, "znode.container.checkIntervalMs", millis(1), "60000", "Time between searches for empty containers."),
    CONTAINER_PER_MINUTE(
            JVM, "znode.container.maxPerMinute", whole(1), "10000", "Containers deleted per minute, at most."),
    CONTAINER_NEVER_USED(
            JVM,
            "znode.container.maxNeverUsedIntervalMs",
            millis(0),
            "0",
            "Age at which an unused container goes; 0: never."),

    // Identities.
    DIGEST_SCHEME("DigestAuthenticationProvider.enabled", bool(), "true", "Offer the digest scheme."),
    SUPER_DIGEST("DigestAuthenticationProvider.superDigest", text(), "", "user:digest of the super user."),
    DIGEST_ALG("DigestAuthenticationProvider.digestAlg", digestAlgorithm(), "SHA1", "Algorithm of the digest scheme."),
    AUTH_PROVIDER(
            "authProvider.*", text(), "", "Class of a scheme; ip and digest are built in, no other is built yet."),

    // Transaction log.
    FORCE_SYNC("forceSync", yesNo(), "yes", "no: acknowledge before the log is on disk; a power loss loses writes."),
    FSYNC_WARNING(EITHER, "fsync.warningthresholdms", millis(0), "1000", "A slower sync is logged."),
    MAX_BATCH_SIZE("maxBatchSize", whole(1), "1000", "Transactions per sync, at most."),
    FLUSH_DELAY("flushDelay", millis(0), "0", ACCEPTED, "Wait for more transactions before a sync."),
    MAX_WRITE_QUEUE_POLL(
            "maxWriteQueuePollTime", millis(0), "0", ACCEPTED, "Wait for the first transaction of a sync."),
    PRE_ALLOC_SIZE("preAllocSize", kibibytes(ANY), "65536", "Space allocated ahead in the log; 0 or less: none."),
    TXN_LOG_SIZE_LIMIT(
            "txnLogSizeLimitInKb", kibibytes(ANY), "-1", "Size of a log segment; 0 or less: quorate.log.segmentMb."),
    LOG_SEGMENT("quorate.log.segmentMb", mebibytes(1), "64", "Size of a log segment."),
    LOG_RESERVE("quorate.log.reserveMb", mebibytes(1), "128", "Free space below which writes are refused."),
    LOG_BUDGET("quorate.log.budgetMb", mebibytes(0), "0", "Log size that triggers a snapshot and a purge; 0: none."),
    LOG_INLINE(
            "quorate.log.inline",
            oneOfAnyCase("auto", "true", "false"),
            "auto",
            "Write the log on the core's own thread."),

    // Snapshots and purging.
    SNAP_COUNT("snapCount", whole(ANY), "100000", "Transactions between snapshots; at least 2."),
    SNAP_SIZE_LIMIT("snapSizeLimitInKb", kibibytes(ANY), "4194304", "Log size between snapshots; 0 or less: no limit."),
    SNAPSHOT_COMPRESSION(
            "snapshot.compression.method",
            oneOf("", "gz", "snappy"),
            "snappy",
            ACCEPTED,
            "Snapshots are always snappy (ZooKeeper: none)."),
    SNAPSHOT_TRUST_EMPTY("snapshot.trust.empty", bool(), "false", ACCEPTED, "Start from a log without a snapshot."),
    PURGE_RETAIN("autopurge.snapRetainCount", whole(ANY), "3", "Snapshots kept by a purge; at least 3."),
    PURGE_INTERVAL(
            "autopurge.purgeInterval",
            whole(ANY).in("hours"),
            "",
            "Time between purges; 0: never. Default: after each snapshot (ZooKeeper: never)."),
    SNAPSHOT_MAX_TOTAL(
            "quorate.snapshot.maxTotalMb",
            mebibytes(0),
            "0",
            "Snapshots and log kept by a purge, in total; 0: no limit."),
    SERIALIZE_LAST_ZXID(
            "serializeLastProcessedZxid.enabled", bool(), "true", ACCEPTED, "Snapshots hold the last zxid."),

    // Threads, sockets and operators.
    THREADING(
            "quorate.threading",
            oneOfAnyCase("auto", "shared", "dedicated"),
            "auto",
            "Where the core runs: on an event loop or on its own thread."),
    EVENT_LOOP_THREADS(
            "quorate.eventLoopThreads",
            whole(0, 1024),
            "0",
            "Threads for sockets; 0: chosen by the number of processors."),
    TRANSPORT("quorate.transport", oneOfAnyCase("auto", "epoll", "nio"), "auto", "Kind of event loop."),
    LOG_LEVEL(
            JVM,
            "quorate.log.level",
            oneOfAnyCase("error", "warn", "info", "debug", "trace"),
            "info",
            "Level of the operator's log; only as a system property."),
    FOUR_LETTER_WORDS(
            "4lw.commands.whitelist",
            words(),
            "srvr",
            "Four-letter words answered; * for all but hand and hdto. srvr always is."),
    READ_ONLY_MODE(
            JVM,
            "readonlymode.enabled",
            bool(),
            "false",
            "Serve clients that ask for it read-only without a quorum; answer isro."),
    CNXN_FACTORY(
            "serverCnxnFactory",
            oneOf(
                    "org.apache.zookeeper.server.NIOServerCnxnFactory",
                    "org.apache.zookeeper.server.NettyServerCnxnFactory"),
            "org.apache.zookeeper.server.NIOServerCnxnFactory",
            ACCEPTED,
            "Both of ZooKeeper's names are fine."),

    // Ensembles.
    SERVER_LINE(FILE, "server.*", text(), "", "Address of a member; two or more that vote make an ensemble."),
    GROUP_LINE(FILE, "group.*", text(), "", "Members of a group in a hierarchical quorum."),
    WEIGHT_LINE(FILE, "weight.*", text(), "", "Weight of a member in a hierarchical quorum."),
    CONFIG_VERSION(FILE, "version", hexadecimal(), "0", LATER, "Version of the membership."),
    DYNAMIC_CONFIG_FILE("dynamicConfigFile", path(), "", "File with the membership."),
    INIT_LIMIT("initLimit", whole(0), "", "Ticks for a member to connect and catch up."),
    SYNC_LIMIT("syncLimit", whole(0), "", "Ticks after which a silent member is given up."),
    CONNECT_LIMIT("connectToLearnerMasterLimit", whole(0), "0", "Ticks to connect to the leader; 0: initLimit."),
    ELECTION_ALG("electionAlg", oneOf("3"), "3", "Election algorithm."),
    PEER_TYPE(
            "peerType",
            oneOfAnyCase("participant", "observer"),
            "participant",
            "Role of this member; its server line wins."),
    SYNC_ENABLED("syncEnabled", bool(), "true", LATER, "Observers write log and snapshots."),
    OBSERVER_SYNC_ENABLED("observer.syncEnabled", bool(), "", LATER, "Overrides syncEnabled."),
    LISTEN_ON_ALL("quorumListenOnAllIPs", bool(), "false", "Members listen on all interfaces."),
    OBSERVER_MASTER_PORT("observerMasterPort", port(), "0", LATER, "Port on which followers serve observers; 0: off."),
    OBSERVER_MASTER_SIZE("observerMaster.sizeLimit", bytes(0), "33554432", LATER, "Backlog kept for observers."),
    STANDALONE_ENABLED("standaloneEnabled", bool(), "true", "false: an ensemble, even of one."),
    RECONFIG_ENABLED("reconfigEnabled", bool(), "false", LATER, "Members may change at run time."),
    LOCAL_SESSIONS("localSessionsEnabled", bool(), "false", LATER, "Sessions known to one server only."),
    LOCAL_UPGRADE("localSessionsUpgradingEnabled", bool(), "false", LATER, "Local sessions become global when needed."),
    MULTI_ADDRESS("multiAddress.enabled", bool(), "false", "Several addresses per member."),
    REACHABILITY(
            "multiAddress.reachabilityCheckEnabled",
            bool(),
            "true",
            ACCEPTED,
            "Probe addresses before use; all are tried here."),
    REACHABILITY_TIME("multiAddress.reachabilityCheckTimeoutMs", millis(0), "1000", ACCEPTED, "Time for a probe."),
    ORACLE_PATH("oraclePath", path(), "", LATER, "Oracle of an ensemble of two."),
    CNXN_THREADS("quorum.cnxn.threads.size", whole(0), "20", ACCEPTED, "Threads for connections between members."),
    DB_AUTOCREATE("db.autocreate", bool(), "true", LATER, "A member without data may vote."),
    SNAPSHOT_SIZE_FACTOR(
            "snapshotSizeFactor", decimal(), "0.33", LATER, "When a member is sent a snapshot instead of log."),
    COMMIT_LOG_COUNT("commitLogCount", whole(ANY), "500", "Transactions kept to bring members level; at least 500."),
    FORCE_SNAPSHOT_SYNC("forceSnapshotSync", bool(), "false", "Always send snapshots; a test aid."),
    LEADER_SERVES("leaderServes", yesNo(), "yes", LATER, "no: the leader takes no clients."),
    CNX_TIMEOUT("cnxTimeout", millis(0), "5000", "Time to connect for an election."),
    QUORUM_CNXN_TIMEOUT(
            "quorumCnxnTimeoutMs",
            millis(ANY),
            "-1",
            "Time for the first message of an election connection; 0 or less: syncLimit."),
    BIND_RETRY("electionPortBindRetry", whole(0), "3", "Attempts to open the ports of a member; 0: for ever."),
    TCP_KEEP_ALIVE("tcpKeepAlive", bool(), "false", "TCP keep-alive on election connections."),
    MIN_NOTIFICATION("fastleader.minNotificationInterval", millis(0), "200", "First wait for votes."),
    MAX_NOTIFICATION("fastleader.maxNotificationInterval", millis(0), "60000", "Longest wait for votes."),
    MAX_EPOCH_WAIT("leader.maxTimeToWaitForEpoch", millis(-1), "-1", "Wait for the new epoch; -1: no limit."),
    HAND_OVER(
            "quorate.handOverMs",
            whole(0, 60_000).in("ms"),
            "2000",
            "Time for a leader that is ended to let another lead first; 0: it just ends."),
    KEEP_CLIENTS(
            "quorate.keepClientsMs",
            whole(0, 60_000).in("ms"),
            "2000",
            "Time for which clients stay connected while there is no leader; 0: they are disconnected."),
    EPOCH_COUNTER_MAX(
            "quorate.testingonly.epochCounterMax",
            whole(5000, Integer.MAX_VALUE),
            "",
            "Transactions after which a new epoch begins; a test aid. Default: 4294967294."),
    MAX_SNAP_SYNCS("leader.maxConcurrentSnapSyncs", whole(0), "10", LATER, "Snapshots sent at a time."),
    MAX_DIFF_SYNCS("leader.maxConcurrentDiffSyncs", whole(0), "100", LATER, "Differences sent at a time."),
    ACK_LOGGING("leader.ackLoggingFrequency", whole(1), "1000", ACCEPTED, "Sampling of acknowledgement metrics."),
    LEADER_CONNECT_DELAY(
            "leaderConnectDelayDuringRetryMs", millis(0), "100", "Wait between attempts to reach the leader."),
    ASYNC_SENDING(
            EITHER, "learner.asyncSending", bool(), "false", ACCEPTED, "Members send from a thread of their own."),
    LEARNER_CLOSE_ASYNC(
            EITHER, "learner.closeSocketAsync", bool(), "false", ACCEPTED, "Close connections in the background."),
    LEADER_CLOSE_ASYNC(
            EITHER, "leader.closeSocketAsync", bool(), "false", ACCEPTED, "Close connections in the background."),
    OBSERVER_RECONNECT(
            "observer.reconnectDelayMs", millis(0), "0", LATER, "Longest random wait of an observer to reconnect."),
    OBSERVER_ELECTION(
            "observer.election.DelayMs", millis(0), "200", LATER, "Longest random wait of an observer to elect."),
    FORWARD_DISABLED(
            "forward_learner_requests_to_commit_processor_disabled",
            bool(),
            "false",
            ACCEPTED,
            "Detail of ZooKeeper's pipeline."),
    SKIP_LEARNER_REQUEST(
            "follower.skipLearnerRequestToNextProcessor", bool(), "false", ACCEPTED, "Detail of ZooKeeper's pipeline."),
    CANONICAL_HOSTS("kerberos.canonicalizeHostNames", bool(), "false", LATER, "Use canonical host names of members."),
    INITIAL_ZXID("testingonly.initialZxid", whole(0, Long.MAX_VALUE), "", LATER, "First zxid of an epoch; a test aid."),
    MESSAGE_TRACKER("messageTracker.Enabled", bool(), "false", LATER, "Remember recent messages of members."),
    MESSAGE_TRACKER_SIZE("messageTracker.BufferSize", whole(1), "10", LATER, "Messages remembered."),
    FOLLOWER_NODELAY(JVM, "follower.nodelay", bool(), "true", ACCEPTED, "TCP no-delay of a follower; always on here."),
    LEADER_NODELAY(JVM, "leader.nodelay", bool(), "true", ACCEPTED, "TCP no-delay of a leader; always on here."),
    QUORUM_SSL("sslQuorum", bool(), "false", LATER, "TLS between members."),
    PORT_UNIFICATION("portUnification", bool(), "false", LATER, "TLS and plain text on the ports of members."),
    QUORUM_SSL_RELOAD("sslQuorumReloadCertFiles", bool(), "false", LATER, "Reload certificates of members."),
    QUORUM_SASL("quorum.auth.enableSasl", bool(), "false", LATER, "SASL between members."),
    LEARNER_SASL("quorum.auth.learnerRequireSasl", bool(), "false", LATER, "Members insist on SASL when they connect."),
    SERVER_SASL(
            "quorum.auth.serverRequireSasl",
            bool(),
            "false",
            LATER,
            "Members insist on SASL when they are connected to."),
    LEARNER_LOGIN(
            "quorum.auth.learner.saslLoginContext",
            text(),
            "QuorumLearner",
            LATER,
            "JAAS section of a connecting member."),
    SERVER_LOGIN(
            "quorum.auth.server.saslLoginContext",
            text(),
            "QuorumServer",
            LATER,
            "JAAS section of a listening member."),
    SERVICE_PRINCIPAL(
            "quorum.auth.kerberos.servicePrincipal",
            text(),
            "zkquorum/localhost",
            LATER,
            "Kerberos principal of members."),

    // TLS, SASL and other identities.
    SECURE_CLIENT_PORT("secureClientPort", port(), "", LATER, "TLS port for clients."),
    SECURE_CLIENT_PORT_ADDRESS("secureClientPortAddress", host(), "", LATER, "Interface of secureClientPort."),
    SSL("ssl.*", text(), "", LATER, "Stores, protocols and checks of TLS, for clients and (ssl.quorum.*) for members."),
    CLIENT_PORT_UNIFICATION("client.portUnification", bool(), "false", LATER, "TLS and plain text on the client port."),
    CLIENT_CERT_RELOAD("client.certReload", bool(), "false", LATER, "Reload certificates of the client port."),
    FIPS_MODE("fips-mode", bool(), "true", LATER, "Restrict TLS and SASL to what FIPS allows."),
    X509_SUPER_USER("X509AuthenticationProvider.superUser", text(), "", LATER, "Super user by certificate."),
    SASL_SUPER_USER("superUser", text(), "", LATER, "Super user by SASL."),
    SASL_SUPER_USERS("superUser.*", text(), "", LATER, "More super users by SASL."),
    SASL_SUPER_PASSWORD(
            "SASLAuthenticationProvider.superPassword", text(), "", LATER, "Password of the SASL super user."),
    X_FORWARDED_FOR(
            "IPAuthenticationProvider.usexforwardedfor", bool(), "false", LATER, "Trust X-Forwarded-For over HTTP."),
    ALLOW_SASL_FAILED("allowSaslFailedClients", bool(), "false", LATER, "Keep connections whose SASL failed."),
    REQUIRE_CLIENT_SASL("sessionRequireClientSASLAuth", bool(), "false", LATER, "Refuse sessions without SASL."),
    ENFORCE_AUTH("enforce.auth.enabled", bool(), "false", LATER, "Refuse sessions without an identity."),
    ENFORCE_AUTH_SCHEMES("enforce.auth.schemes", words(), "", LATER, "Schemes of which one is needed."),
    EAGER_ACL_CHECK("enableEagerACLCheck", bool(), "false", LATER, "Check permissions also at the receiving member."),
    ENSEMBLE_AUTH("ensembleAuthName", words(), "", LATER, "Names accepted by the ensemble scheme."),
    KERBEROS_HOST("kerberos.removeHostFromPrincipal", bool(), "false", LATER, "Drop the host of a Kerberos name."),
    KERBEROS_REALM("kerberos.removeRealmFromPrincipal", bool(), "false", LATER, "Drop the realm of a Kerberos name."),
    JAAS_CONFIG(JVM, "java.security.auth.login.config", text(), "", LATER, "JAAS file for SASL."),

    // Throttles.
    THROTTLE_MAX("request_throttle_max_requests", whole(0), "0", LATER, "Requests in flight before more wait; 0: off."),
    THROTTLE_STALL("request_throttle_stall_time", millis(0), "100", LATER, "How long they wait."),
    THROTTLE_DROP("request_throttle_drop_stale", bool(), "true", LATER, "Drop waiting requests of closed connections."),
    STALE_LATENCY(
            "request_stale_latency_check",
            bool(),
            "false",
            LATER,
            "A request older than its session timeout is stale."),
    STALE_CONNECTION(
            "request_stale_connection_check", bool(), "true", LATER, "A request of a closed connection is stale."),
    THROTTLER_SHUTDOWN(
            "request_throttler.shutdownTimeout", millis(0), "10000", LATER, "Time for waiting requests at the end."),
    CT_TOKENS("connection_throttle_tokens", whole(0), "0", LATER, "Connections admitted at once; 0: no throttle."),
    CT_FILL_TIME("connection_throttle_fill_time", millis(1), "1", LATER, "Time between refills."),
    CT_FILL_COUNT("connection_throttle_fill_count", whole(0), "1", LATER, "Connections added by a refill."),
    CT_FREEZE("connection_throttle_freeze_time", millis(ANY), "-1", LATER, "Time between changes of the drop rate."),
    CT_INCREASE("connection_throttle_drop_increase", decimal(), "0.02", LATER, "Growth of the drop rate."),
    CT_DECREASE("connection_throttle_drop_decrease", decimal(), "0.002", LATER, "Decay of the drop rate."),
    CT_RATIO("connection_throttle_decrease_ratio", decimal(), "0", LATER, "Decay in relation to free capacity."),
    CT_WEIGHTED("connection_throttle_weight_enabled", bool(), "false", LATER, "Kinds of sessions weigh differently."),
    CT_GLOBAL("connection_throttle_global_session_weight", whole(0), "3", LATER, "Weight of a new session."),
    CT_LOCAL("connection_throttle_local_session_weight", whole(0), "1", LATER, "Weight of a local session."),
    CT_RENEW("connection_throttle_renew_session_weight", whole(0), "2", LATER, "Weight of a renewed session."),
    NETTY_FLOW("netty.advancedFlowControl.enabled", bool(), "false", ACCEPTED, "Flow control is always on here."),
    NETTY_HANDSHAKES("netty.server.outstandingHandshake.limit", whole(-1), "-1", LATER, "TLS hand-shakes at a time."),
    NETTY_EARLY_DROP(
            "netty.server.earlyDropSecureConnectionHandshakes",
            bool(),
            "false",
            LATER,
            "Drop TLS connections that cannot be served early."),

    // Administration.
    ADMIN_ENABLE("admin.enableServer", bool(), "false", LATER, "HTTP server for administration (ZooKeeper: true)."),
    ADMIN_ADDRESS("admin.serverAddress", host(), "0.0.0.0", LATER, "Its interface."),
    ADMIN_PORT("admin.serverPort", port(), "8080", LATER, "Its port."),
    ADMIN_IDLE("admin.idleTimeout", millis(0), "30000", LATER, "Idle time of its connections."),
    ADMIN_URL("admin.commandURL", text(), "/commands", LATER, "Root of its commands."),
    ADMIN_HTTP_VERSION("admin.httpVersion", whole(0), "11", LATER, "Its HTTP version."),
    ADMIN_UNIFICATION("admin.portUnification", bool(), "false", LATER, "TLS and plain text on its port."),
    ADMIN_HTTPS("admin.forceHttps", bool(), "false", LATER, "Only TLS on its port."),
    ADMIN_CLIENT_AUTH("admin.needClientAuth", bool(), "false", LATER, "Ask its clients for certificates."),
    ADMIN_RATE("admin.rateLimiterIntervalInMS", millis(0), "300000", LATER, "Time between snapshots over HTTP."),
    ADMIN_SNAPSHOT("admin.snapshot.enabled", bool(), "true", LATER, "Allow snapshots over HTTP."),
    ADMIN_RESTORE("admin.restore.enabled", bool(), "true", LATER, "Allow restoring over HTTP."),
    METRICS_CLASS("metricsProvider.className", text(), "", LATER, "Class that exports metrics."),
    METRICS("metricsProvider.*", text(), "", LATER, "Settings of the metrics exporter."),
    AUDIT_ENABLE("audit.enable", bool(), "false", LATER, "Write an audit log."),
    AUDIT_CLASS("audit.impl.class", text(), "", LATER, "Class that writes the audit log."),
    PATH_STATS("pathStats.*", text(), "", LATER, "Statistics of requests per path."),
    JMX_LOG4J("jmx.log4j.disable", bool(), "false", ACCEPTED, "There is no JMX here."),
    PAUSE_MONITOR("jvm.pause.monitor", bool(), "false", LATER, "Log pauses of the JVM."),
    PAUSE_WARN("jvm.pause.warn-threshold.ms", millis(0), "10000", LATER, "Pause that is a warning."),
    PAUSE_INFO("jvm.pause.info-threshold.ms", millis(0), "1000", LATER, "Pause that is mentioned."),
    PAUSE_SLEEP("jvm.pause.sleep.time.ms", millis(0), "500", LATER, "Time between measurements."),

    // What tunes ZooKeeper's own threads, caches and buffers.
    RESPONSE_CACHE("maxResponseCacheSize", whole(ANY), "400", ACCEPTED, "Replies cached."),
    CHILDREN_CACHE("maxGetChildrenResponseCacheSize", whole(ANY), "400", ACCEPTED, "Lists of children cached."),
    WATCH_MANAGER("watchManagerName", text(), "", ACCEPTED, "Class that keeps watches."),
    WATCHER_CLEAN("watcherClean*", text(), "", ACCEPTED, "Cleaning of dead watches: threads, interval and threshold."),
    DEAD_WATCHERS("maxInProcessingDeadWatchers", whole(ANY), "-1", ACCEPTED, "Dead watches before adding waits."),
    BIT_HASH_CACHE("bitHashCacheSize", whole(ANY), "10", ACCEPTED, "Cache of the optimised watch table."),
    COMMIT_WORKERS("commitProcessor.numWorkerThreads", whole(ANY), "", ACCEPTED, "Threads that apply requests."),
    COMMIT_READ_BATCH("commitProcessor.maxReadBatchSize", whole(ANY), "-1", ACCEPTED, "Reads between two commits."),
    COMMIT_BATCH("commitProcessor.maxCommitBatchSize", whole(ANY), "1", ACCEPTED, "Commits between two reads."),
    COMMIT_SHUTDOWN("commitProcessor.shutdownTimeout", millis(0), "5000", ACCEPTED, "Time for those threads to end."),
    INT_BUFFER("intBufferStartingSizeBytes", bytes(32), "1024", ACCEPTED, "First size of serialisation buffers."),
    NIO_SELECTORS(
            "nio.numSelectorThreads", whole(ANY), "", ACCEPTED, "Selector threads; see quorate.eventLoopThreads."),
    NIO_WORKERS("nio.numWorkerThreads", whole(ANY), "", ACCEPTED, "Worker threads; see quorate.eventLoopThreads."),
    NIO_DIRECT("nio.directBufferBytes", bytes(0), "65536", ACCEPTED, "Direct buffer of a thread."),
    NIO_SHUTDOWN("nio.shutdownTimeout", millis(0), "5000", ACCEPTED, "Time for those threads to end.");

    private final KeyScope scope;
    private final String key;
    private final Parser parser;
    private final String fallback;
    private final KeyStatus status;
    private final String doc;

    ConfigKey(String key, Parser parser, String fallback, String doc) {
        this(key, parser, fallback, KeyStatus.BUILT, doc);
    }

    ConfigKey(KeyScope scope, String key, Parser parser, String fallback, String doc) {
        this(scope, key, parser, fallback, KeyStatus.BUILT, doc);
    }

    ConfigKey(String key, Parser parser, String fallback, KeyStatus status, String doc) {
        this(key.startsWith("quorate.") ? JVM : KeyScope.ZOOKEEPER, key, parser, fallback, status, doc);
    }

    ConfigKey(KeyScope scope, String key, Parser parser, String fallback, KeyStatus status, String doc) {
        this.scope = scope;
        this.key = key;
        this.parser = parser;
        this.fallback = fallback;
        this.status = status;
        this.doc = doc;
    }

    /** The name in the configuration file; a family ends with {@code *}. */
    public String key() {
        return key;
    }

    /** The system properties that set it, the one that wins first; a value in the configuration file wins over all. */
    public List<String> properties() {
        return scope.properties(key);
    }

    /** The default as text, in the unit of the key; empty if there is none or if it depends on another key. */
    public String fallback() {
        return fallback;
    }

    /** {@code ms}, {@code hours}, {@code bytes}, {@code KiB}, {@code MiB}, or empty. */
    public String unit() {
        return parser.unit();
    }

    /** What a value has to look like, in words that fit after "expected". */
    public String expects() {
        return parser.expects();
    }

    public KeyStatus status() {
        return status;
    }

    /** One line for operators. */
    public String doc() {
        return doc;
    }

    /** Whether the key stands for all keys that begin like it. */
    public boolean isFamily() {
        return key.endsWith("*");
    }

    /** Whether the value must never be printed. */
    boolean isSecret() {
        return this == SUPER_DIGEST || this == SASL_SUPER_PASSWORD || this == SSL;
    }

    /** The value that {@code text} means; throws {@link IllegalArgumentException} if it is none. */
    Object parse(String text) {
        return parser.read().apply(text);
    }

    /** The key with this name in the configuration file, or the family it belongs to. */
    public static Optional<ConfigKey> named(String name) {
        Stream<ConfigKey> exact = Arrays.stream(values()).filter(candidate -> candidate.key.equals(name));
        Stream<ConfigKey> families = Arrays.stream(values()).filter(candidate -> candidate.isFamilyOf(name));
        return Stream.concat(exact, families).findFirst();
    }

    private boolean isFamilyOf(String name) {
        return isFamily() && name.length() >= key.length() && name.startsWith(key.substring(0, key.length() - 1));
    }
}
