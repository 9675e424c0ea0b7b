package io.quorate.coordinator;

import io.quorate.coordinator.admin.AdminCommands;
import io.quorate.coordinator.admin.Whitelist;
import io.quorate.coordinator.auth.DigestScheme;
import io.quorate.coordinator.config.ConfigKey;
import io.quorate.coordinator.config.Ensemble;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Origin;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.net.Commands;
import io.quorate.coordinator.net.NetSettings;
import io.quorate.coordinator.net.RequestDecoder;
import io.quorate.coordinator.net.peer.PeerSettings;
import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.Members;
import io.quorate.coordinator.zab.ZabSettings;
import io.quorate.wire.quorum.ElectionHello.Address;
import io.quorate.wire.quorum.PacketCutter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Turns the validated configuration into what each part wants to know. */
final class Assembled {

    private static final int STANDALONE_SERVER_ID = 1;
    /** Session numbers have room for so much of a server's number. */
    private static final int LAST_BYTE = 0xff;

    private static final int ENTRY_OVERHEAD_BYTES = 64 * 1024;
    private static final long UNSENT_BYTES_MAX = 64L << 20;

    /** Committed transactions that are kept for learners, beside their number. */
    private static final long WINDOW_BYTES = 16L << 20;

    /** The last counter of an epoch (quorum protocol, section 5). */
    private static final long COUNTER_MAX = 0xffff_fffeL;

    private static final int PEER_CONNECTIONS_SPARE = 64;
    private static final int PEER_CONNECTIONS_SPARE_PER_ADDRESS = 16;
    private static final int PEER_CONNECTIONS_PER_MEMBER = 4;

    private static final int DEDICATED_PROCESSORS_MIN = 4;
    private static final int SNAPSHOTS_PER_BUDGET = 8;
    private static final long LOG_BYTES_BETWEEN_MIN = 128L << 20;

    private Assembled() {}

    static CoreSettings core(ServerConfig config) {
        ServerConfig.TreeRules tree = config.tree();
        ServerConfig.ContainerSettings containers = tree.containers();
        return new CoreSettings(
                config.ensemble()
                        .map(ensemble -> (int) (ensemble.sid() & LAST_BYTE))
                        .orElse(STANDALONE_SERVER_ID),
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

    /** What the ports for other members are told. A member may have a few connections at a time while it reconnects. */
    static PeerSettings peers(ServerConfig config, Ensemble ensemble) {
        Ensemble.Connections connections = ensemble.connections();
        Map<Long, PeerSettings.Member> members = new HashMap<>();
        ensemble.members().forEach(member -> members.put(member.sid(), places(member)));
        int tick = config.tickTimeMillis();
        int theirs = PEER_CONNECTIONS_PER_MEMBER * members.size();
        return new PeerSettings(
                ensemble.sid(),
                members,
                connections.listenOnAll(),
                connections.multiAddress(),
                connections.bindTries(),
                connections.electionKeepAlive(),
                connections.electionMillis(),
                connections.helloMillis(),
                Math.multiplyExact(connections.leaderTicks(), tick),
                connections.leaderRetryMillis(),
                Math.multiplyExact(ensemble.initLimit(), tick),
                recordBytesMax(config),
                PEER_CONNECTIONS_SPARE + theirs,
                PEER_CONNECTIONS_SPARE_PER_ADDRESS + theirs);
    }

    private static PeerSettings.Member places(Ensemble.Member member) {
        return new PeerSettings.Member(
                member.addresses().stream()
                        .map(address -> new Address(address.host(), address.quorumPort()))
                        .toList(),
                member.addresses().stream()
                        .map(address -> new Address(address.host(), address.electionPort()))
                        .toList());
    }

    /** The longest buffer that members send each other: a whole transaction, or more if the configuration allows it. */
    private static int recordBytesMax(ServerConfig config) {
        long allowed = (long) config.limits().frameBytesMax() + config.limits().recordExtraBytes();
        return (int) Math.min(PacketCutter.LENGTH_MAX_MAX, Math.max(allowed, entryBytesMax(config)));
    }

    /** What the quorum is told. */
    static ZabSettings zab(ServerConfig config, Ensemble ensemble) {
        Members members = new Members(
                sids(ensemble, false), sids(ensemble, true), ensemble.groups(), ensemble.weights(), ensemble.text());
        return new ZabSettings(
                ensemble.sid(),
                members,
                config.tickTimeMillis(),
                ensemble.initLimit(),
                ensemble.syncLimit(),
                ensemble.voting().notificationMillisMin(),
                ensemble.voting().notificationMillisMax(),
                ensemble.catchingUp().window(),
                WINDOW_BYTES,
                UNSENT_BYTES_MAX,
                ensemble.catchingUp().forceSnapshot(),
                ensemble.succession().counterMax() > 0 ? ensemble.succession().counterMax() : COUNTER_MAX,
                ensemble.voting().waitForEpochMillis());
    }

    /**
     * How long clients stay without a leader. Never as long as a member waits for a leader that is silent: who has waited for
     * that should not wait as long again for a server that may be cut off.
     */
    static int keepClientsMillis(ServerConfig config, Ensemble ensemble) {
        int ticks = Math.max(1, Math.min(ensemble.initLimit(), ensemble.syncLimit()) / 2);
        return Math.min(ensemble.succession().keepClientsMillis(), Math.multiplyExact(ticks, config.tickTimeMillis()));
    }

    private static List<Long> sids(Ensemble ensemble, boolean observers) {
        return ensemble.members().stream()
                .filter(member -> member.observer() == observers)
                .map(Ensemble.Member::sid)
                .toList();
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
        return new Whitelist(words.listed(), false);
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
