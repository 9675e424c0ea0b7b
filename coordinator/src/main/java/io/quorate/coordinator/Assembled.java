package io.quorate.coordinator;

import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.Commands;
import io.quorate.coordinator.net.NetSettings;
import io.quorate.coordinator.op.OpSettings;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Turns the validated configuration into what each part wants to know. */
final class Assembled {

    private static final int STANDALONE_SERVER_ID = 1;
    private static final int ENTRY_OVERHEAD_BYTES = 64 * 1024;
    private static final long UNSENT_BYTES_MAX = 64L << 20;

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
                new CoreSettings.Snapshots(0, 0, Long.MAX_VALUE));
    }

    /** What a request of the longest frame becomes in the log: never more than a sequence suffix and a header longer. */
    static int entryBytesMax(ServerConfig config) {
        return config.limits().frameBytesMax() + ENTRY_OVERHEAD_BYTES;
    }

    static NetSettings net(ServerConfig config, boolean epoll) {
        ServerConfig.Limits limits = config.limits();
        return new NetSettings(
                listenAddress(config),
                epoll,
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

    static InetSocketAddress listenAddress(ServerConfig config) {
        String host = config.listener().host();
        int port = config.listener().port();
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    static Commands commands(ServerConfig config, Inlet inlet, Storage storage) {
        return new Commands() {
            @Override
            public int argumentBytes(int word) {
                return word == 0x73727672 ? 0 : -1;
            }

            @Override
            public void run(int word, long argument, Consumer<String> answer) {
                answer.accept("Zookeeper version: 3.9.5\nMode: standalone\n");
            }
        };
    }
}
