package io.quorate.coordinator;

import io.quorate.coordinator.admin.AdminCommands;
import io.quorate.coordinator.admin.Whitelist;
import io.quorate.coordinator.auth.DigestScheme;
import io.quorate.coordinator.config.ConfigKey;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Origin;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.net.Commands;
import io.quorate.coordinator.net.NetSettings;
import io.quorate.coordinator.net.RequestDecoder;
import io.quorate.coordinator.op.OpSettings;
import java.util.Set;
import java.util.function.Consumer;

/** Turns the validated configuration into what each part wants to know. */
final class Assembled {

    private static final int STANDALONE_SERVER_ID = 1;
    private static final int ENTRY_OVERHEAD_BYTES = 64 * 1024;
    private static final long UNSENT_BYTES_MAX = 64L << 20;

    private static final int DEDICATED_PROCESSORS_MIN = 4;
    private static final int SNAPSHOTS_PER_BUDGET = 8;
    private static final long LOG_BYTES_BETWEEN_MIN = 128L << 20;

    private Assembled() {}

    static CoreSettings core(ServerConfig config) {
        ServerConfig.TreeRules tree = config.tree();
        ServerConfig.ContainerSettings containers = tree.containers();
        return new CoreSettings(
                STANDALONE_SERVER_ID,
                config.tickTimeMillis(),
                config.sessions().timeoutMillisMin(),
                config.sessions().timeoutMillisMax(),
                Math.max(1, config.limits().outstandingRequestsMax()),
                entryBytesMax(config),
                tree.digest(),
                tree.acl().digestScheme(),
                new OpSettings(
                        tree.acl().skip(), tree.enforceQuota(), tree.extendedTypes(), tree.closeSessionListsPaths()),
                new CoreSettings.Containers(
                        containers.checkIntervalMillis(),
                        containers.deletesPerMinuteMax(),
                        containers.neverUsedMillisMax()),
                snapshots(config));
    }

    /** A snapshot is not worth its work before the log has grown by as much as the tree holds, or by some segments. */
    private static CoreSettings.Snapshots snapshots(ServerConfig config) {
        ServerConfig.SnapshotSettings wanted = config.snapshots();
        long most = wanted.logBytesBetween() > 0 ? wanted.logBytesBetween() : Long.MAX_VALUE;
        long budget = config.log().budgetBytes();
        if (budget > 0) {
            most = Math.min(most, budget / SNAPSHOTS_PER_BUDGET);
        }
        boolean asked = config.choices().stream()
                .anyMatch(choice -> choice.key() == ConfigKey.SNAP_COUNT && choice.origin() != Origin.DEFAULT);
        return new CoreSettings.Snapshots(wanted.transactionsBetween(), asked ? 0 : LOG_BYTES_BETWEEN_MIN, most);
    }

    /** What a request of the longest frame becomes in the log: never more than a sequence suffix and a header longer. */
    static int entryBytesMax(ServerConfig config) {
        return config.limits().frameBytesMax() + ENTRY_OVERHEAD_BYTES;
    }

    static NetSettings net(ServerConfig config) {
        ServerConfig.Limits limits = config.limits();
        return new NetSettings(
                config.listener().address(),
                limits.frameBytesMax(),
                limits.connectionsPerAddressMax(),
                limits.connectionsMax(),
                config.listener().backlog(),
                config.listener().tcpKeepAlive(),
                config.listener().sessionlessTimeoutMillis(),
                UNSENT_BYTES_MAX,
                limits.largeRequestBytesMin(),
                limits.largeRequestsBytesMax());
    }

    /** The table of four-letter words as the client port sees it. */
    static Commands commands(AdminCommands table) {
        return new Commands() {
            @Override
            public int argumentBytes(int word) {
                return table.argumentBytes(word);
            }

            @Override
            public void run(int word, long argument, Consumer<String> answer) {
                table.run(word, argument, answer);
            }
        };
    }

    static Whitelist whitelist(ServerConfig config) {
        ServerConfig.FourLetterWords words = config.fourLetterWords();
        return new Whitelist(words.all() ? Set.of("*") : words.listed(), false);
    }

    static RequestDecoder requests(ServerConfig config) {
        ServerConfig.AclSettings acl = config.tree().acl();
        DigestScheme digest = acl.digestScheme()
                ? new DigestScheme(acl.digestAlgorithm(), acl.superDigest().orElse(null))
                : null;
        return new RequestDecoder(digest);
    }

    /**
     * The core shares the event loop's thread where a hand-over between threads would cost more than the work: on machines
     * with few processors (docs/notes).
     */
    static boolean isShared(ServerConfig config) {
        return switch (config.threads().threading()) {
            case SHARED -> true;
            case DEDICATED -> false;
            case AUTO -> Runtime.getRuntime().availableProcessors() < DEDICATED_PROCESSORS_MIN;
        };
    }

    static int loopThreads(ServerConfig config) {
        if (isShared(config)) {
            return 1;
        }
        int wanted = config.threads().eventLoopThreads();
        return wanted > 0 ? wanted : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
