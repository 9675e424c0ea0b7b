package io.quorate.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of settings: complete, consistent with itself, and strict about values. */
final class ConfigKeyTest {

    /** Every key that a ZooKeeper 3.9 server reads; {@code N} stands for a number, {@code x} for any word. */
    private static final String ZOOKEEPER_KEYS =
            """
            dataDir dataLogDir tickTime initLimit syncLimit connectToLearnerMasterLimit clientPort clientPortAddress
            secureClientPort secureClientPortAddress clientPortListenBacklog maxClientCnxns minSessionTimeout maxSessionTimeout
            electionAlg peerType syncEnabled quorumListenOnAllIPs observerMasterPort standaloneEnabled reconfigEnabled
            dynamicConfigFile localSessionsEnabled localSessionsUpgradingEnabled autopurge.snapRetainCount
            autopurge.purgeInterval sslQuorum portUnification sslQuorumReloadCertFiles quorum.auth.enableSasl
            quorum.auth.learnerRequireSasl quorum.auth.serverRequireSasl quorum.auth.learner.saslLoginContext
            quorum.auth.server.saslLoginContext quorum.auth.kerberos.servicePrincipal quorum.cnxn.threads.size
            multiAddress.enabled multiAddress.reachabilityCheckEnabled multiAddress.reachabilityCheckTimeoutMs oraclePath
            metricsProvider.className metricsProvider.httpPort jvm.pause.monitor jvm.pause.warn-threshold.ms
            jvm.pause.info-threshold.ms jvm.pause.sleep.time.ms server.1 group.1 weight.1 version
            snapCount snapSizeLimitInKb txnLogSizeLimitInKb preAllocSize forceSync fsync.warningthresholdms flushDelay
            maxWriteQueuePollTime maxBatchSize snapshot.compression.method snapshot.trust.empty datadir.autocreate db.autocreate
            digest.enabled serializeLastProcessedZxid.enabled closeSessionTxn.enabled snapshotSizeFactor commitLogCount
            forceSnapshotSync leaderServes cnxTimeout quorumCnxnTimeoutMs electionPortBindRetry tcpKeepAlive
            fastleader.minNotificationInterval fastleader.maxNotificationInterval leader.maxTimeToWaitForEpoch
            leader.maxConcurrentSnapSyncs leader.maxConcurrentDiffSyncs leader.ackLoggingFrequency
            leaderConnectDelayDuringRetryMs learner.asyncSending learner.closeSocketAsync leader.closeSocketAsync
            observer.syncEnabled observer.reconnectDelayMs observer.election.DelayMs observerMaster.sizeLimit
            forward_learner_requests_to_commit_processor_disabled follower.skipLearnerRequestToNextProcessor
            kerberos.canonicalizeHostNames testingonly.initialZxid messageTracker.Enabled messageTracker.BufferSize
            globalOutstandingLimit maxCnxns request_throttle_max_requests request_throttle_stall_time
            request_throttle_drop_stale request_stale_latency_check request_stale_connection_check
            request_throttler.shutdownTimeout throttled_op_wait_time largeRequestThreshold largeRequestMaxBytes
            connection_throttle_tokens connection_throttle_fill_time connection_throttle_fill_count
            connection_throttle_freeze_time connection_throttle_drop_increase connection_throttle_drop_decrease
            connection_throttle_decrease_ratio connection_throttle_weight_enabled connection_throttle_global_session_weight
            connection_throttle_local_session_weight connection_throttle_renew_session_weight enableEagerACLCheck skipACL
            enforceQuota extendedTypesEnabled emulate353TTLNodes maxResponseCacheSize maxGetChildrenResponseCacheSize
            watchManagerName watcherCleanThreadsNum watcherCleanThreshold watcherCleanIntervalInSeconds
            maxInProcessingDeadWatchers bitHashCacheSize commitProcessor.numWorkerThreads commitProcessor.maxReadBatchSize
            commitProcessor.maxCommitBatchSize commitProcessor.shutdownTimeout jute.maxbuffer.extrasize
            intBufferStartingSizeBytes serverCnxnFactory nio.sessionlessCnxnTimeout nio.numSelectorThreads
            nio.numWorkerThreads nio.directBufferBytes nio.shutdownTimeout clientTcpKeepAlive
            netty.advancedFlowControl.enabled netty.server.outstandingHandshake.limit
            netty.server.earlyDropSecureConnectionHandshakes authProvider.1 DigestAuthenticationProvider.enabled
            DigestAuthenticationProvider.superDigest DigestAuthenticationProvider.digestAlg
            X509AuthenticationProvider.superUser superUser superUser.x SASLAuthenticationProvider.superPassword
            IPAuthenticationProvider.usexforwardedfor allowSaslFailedClients sessionRequireClientSASLAuth
            enforce.auth.enabled enforce.auth.schemes ensembleAuthName kerberos.removeHostFromPrincipal
            kerberos.removeRealmFromPrincipal fips-mode ssl.keyStore.location ssl.keyStore.passwordPath
            ssl.quorum.trustStore.type ssl.protocol ssl.quorum.clientHostnameVerification ssl.authProvider ssl.sslProvider
            client.portUnification client.certReload audit.enable audit.impl.class 4lw.commands.whitelist admin.enableServer
            admin.serverAddress admin.serverPort admin.idleTimeout admin.commandURL admin.httpVersion admin.portUnification
            admin.forceHttps admin.needClientAuth admin.rateLimiterIntervalInMS admin.snapshot.enabled admin.restore.enabled
            pathStats.enabled jmx.log4j.disable jute.maxbuffer readonlymode.enabled follower.nodelay leader.nodelay
            znode.container.checkIntervalMs znode.container.maxPerMinute znode.container.maxNeverUsedIntervalMs
            java.security.auth.login.config
            """;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Test
    void everyKeyOfZooKeeperIsKnown() {
        assertThat(SPACE.splitAsStream(ZOOKEEPER_KEYS.strip())
                        .filter(name -> ConfigKey.named(name).isEmpty()))
                .isEmpty();
    }

    @Test
    void everyKeyIsEitherOfZooKeeperOrHasThePrefixOfThisServer() {
        Set<ConfigKey> ours = new TreeSet<>(List.of(ConfigKey.values()));
        SPACE.splitAsStream(ZOOKEEPER_KEYS.strip())
                .forEach(name -> ours.remove(ConfigKey.named(name).orElseThrow()));

        assertThat(ours).allMatch(key -> key.key().startsWith("quorate."));
    }

    @Test
    void noNameIsUsedTwice() {
        assertThat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(ConfigKey.values()).flatMap(key -> key.properties().stream()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyDefaultIsAValueAndEveryLineIsASentence(ConfigKey key) {
        if (!key.fallback().isEmpty()) {
            assertThat(key.parse(key.fallback())).isNotNull();
        }
        assertThat(key.doc()).endsWith(".").doesNotContain("\n", "|");
        assertThat(key.expects()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "snapCount, -Dzookeeper.snapCount",
        "jute.maxbuffer, -Djute.maxbuffer",
        "jute.maxbuffer.extrasize, -Dzookeeper.jute.maxbuffer.extrasize",
        "readonlymode.enabled, -Dreadonlymode.enabled",
        "znode.container.checkIntervalMs, -Dznode.container.checkIntervalMs",
        "fsync.warningthresholdms, -Dzookeeper.fsync.warningthresholdms -Dfsync.warningthresholdms",
        "learner.asyncSending, -Dzookeeper.learner.asyncSending -Dlearner.asyncSending",
        "quorate.log.segmentMb, -Dquorate.log.segmentMb",
        "server.7, ''",
    })
    void propertiesAreNamedAsInZooKeeper(String name, String properties) {
        assertThat(ConfigKey.named(name).orElseThrow().properties().stream().map("-D"::concat))
                .isEqualTo(Stream.of(properties.split(" ", -1))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "dataDir, /a/b, ''",
        "dataLogDir, b, ''",
        "dynamicConfigFile, zoo.cfg.dynamic, ''",
        "datadir.autocreate, FALSE, yes",
        "tickTime, 1, 0",
        "clientPort, 65535, 65536",
        "clientPortAddress, ::1, ''",
        "clientPortListenBacklog, -1, -2",
        "clientTcpKeepAlive, True, 1",
        "minSessionTimeout, -1, -2",
        "maxSessionTimeout, 10, 10.5",
        "maxClientCnxns, 0, -1",
        "maxCnxns, 2147483647, 2147483648",
        "nio.sessionlessCnxnTimeout, 1, 0",
        "jute.maxbuffer, 4194304, 0x400000",
        "jute.maxbuffer.extrasize, 1, 1k",
        "globalOutstandingLimit, 1, 0",
        "largeRequestThreshold, -1, -2",
        "largeRequestMaxBytes, 0, -1",
        "throttled_op_wait_time, 5, -5",
        "skipACL, yes, true",
        "enforceQuota, true, no",
        "extendedTypesEnabled, true, on",
        "emulate353TTLNodes, false, true",
        "digest.enabled, false, off",
        "closeSessionTxn.enabled, false, off",
        "znode.container.checkIntervalMs, 1, 0",
        "znode.container.maxPerMinute, 1, 0",
        "znode.container.maxNeverUsedIntervalMs, 0, -1",
        "DigestAuthenticationProvider.enabled, false, no",
        "DigestAuthenticationProvider.digestAlg, SHA3-256, SHA0",
        "forceSync, no, false",
        "fsync.warningthresholdms, 20, -1",
        "maxBatchSize, 1, 0",
        "flushDelay, 0, -1",
        "preAllocSize, -1, x",
        "txnLogSizeLimitInKb, 9007199254740991, 9007199254740992",
        "snapCount, 1, x",
        "snapSizeLimitInKb, -7, x",
        "snapshot.compression.method, gz, zstd",
        "snapshot.trust.empty, true, x",
        "autopurge.snapRetainCount, 1, x",
        "autopurge.purgeInterval, 24, 24h",
        "serverCnxnFactory, org.apache.zookeeper.server.NettyServerCnxnFactory, com.example.Factory",
        "readonlymode.enabled, true, x",
        "quorate.threading, SHARED, both",
        "quorate.eventLoopThreads, 0, -1",
        "quorate.log.segmentMb, 1, 0",
        "quorate.log.reserveMb, 1, 0",
        "quorate.log.budgetMb, 0, -1",
        "quorate.log.inline, Auto, yes",
        "quorate.snapshot.maxTotalMb, 0, -1",
        "quorate.transport, nio, kqueue",
        "quorate.log.level, WARN, loud",
        "electionAlg, 3, 0",
        "peerType, OBSERVER, leader",
        "initLimit, 10, ten",
        "secureClientPort, 2281, 99999",
        "admin.serverPort, 8080, http",
        "connection_throttle_drop_increase, 0.02, some",
        "version, 10000000f, g",
        "leaderServes, no, false",
        "syncLimit, 5, five",
        "connectToLearnerMasterLimit, 0, -1",
        "quorumListenOnAllIPs, TRUE, yes",
        "standaloneEnabled, false, no",
        "multiAddress.enabled, true, on",
        "commitLogCount, 700, x",
        "forceSnapshotSync, true, yes",
        "cnxTimeout, 5000, -1",
        "quorumCnxnTimeoutMs, -1, x",
        "electionPortBindRetry, 0, -1",
        "tcpKeepAlive, true, 1",
        "fastleader.minNotificationInterval, 200, -1",
        "fastleader.maxNotificationInterval, 60000, x",
        "leader.maxTimeToWaitForEpoch, -1, -2",
        "leaderConnectDelayDuringRetryMs, 100, -1",
        "quorate.handOverMs, 2000, -1",
        "quorate.keepClientsMs, 0, 60001",
        "quorate.testingonly.epochCounterMax, 5000, 4999",
    })
    void goodValuesAreTakenAndBadOnesAreNot(String name, String good, String bad) {
        ConfigKey key = ConfigKey.named(name).orElseThrow();

        assertThat(key.parse(good)).isNotNull();
        assertThatThrownBy(() -> key.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTextsListsAndTheirLikeHaveNoRowAbove() throws NoSuchMethodException {
        CsvSource table = ConfigKeyTest.class
                .getDeclaredMethod("goodValuesAreTakenAndBadOnesAreNot", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        Set<String> named = new HashSet<>(Stream.of(table.value())
                .map(row -> row.substring(0, row.indexOf(',')))
                .toList());

        assertThat(Stream.of(ConfigKey.values())
                        .filter(key -> key.status() == KeyStatus.BUILT && !named.contains(key.key())))
                .containsExactlyInAnyOrder(
                        ConfigKey.SUPER_DIGEST,
                        ConfigKey.AUTH_PROVIDER,
                        ConfigKey.FOUR_LETTER_WORDS,
                        ConfigKey.SERVER_LINE,
                        ConfigKey.GROUP_LINE,
                        ConfigKey.WEIGHT_LINE);
    }

    @Test
    void aNearMissIsRecognised() {
        assertThat(Spelling.hint("clientport")).isEqualTo("; did you mean clientPort?");
        assertThat(Spelling.hint("zookeeper.snapCount")).isEqualTo("; did you mean snapCount?");
        assertThat(Spelling.hint("somethingElse")).isEmpty();
    }
}
