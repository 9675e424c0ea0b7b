package io.quorate.coordinator.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Every setting of one server, validated. The meaning of each is the line of its {@link ConfigKey}. Immutable, so it can be read
 * from any thread.
 *
 * @param tickTimeMillis base unit of time
 * @param ensemble what a member of an ensemble knows of it; empty for a server on its own
 * @param notices what an operator should know about the configuration, one line each
 * @param choices the value and the origin of every key that does something
 */
public record ServerConfig(
        DataFolders folders,
        int tickTimeMillis,
        Listener listener,
        SessionLimits sessions,
        Limits limits,
        TreeRules tree,
        LogSettings log,
        SnapshotSettings snapshots,
        ThreadSettings threads,
        FourLetterWords fourLetterWords,
        Optional<Ensemble> ensemble,
        List<String> notices,
        List<Choice> choices) {

    /**
     * What a server does that was told nothing but where its data is. The tick is the 2000 ms of every published example (so
     * session timeouts are 4 to 40 s, which is what Kafka, HBase and their documentation assume), and not the 3000 ms that a
     * {@code zoo.cfg} without {@code tickTime} means. Port 0 takes any free port.
     */
    public static ServerConfig standalone(Path dataDir, int clientPort) {
        return ((ZooCfg.Accepted) ZooCfg.standalone(dataDir, clientPort, new Properties())).config();
    }

    /** Everything that was chosen, for printing: one line per key, with its origin. Secrets are not shown. */
    public List<String> describe() {
        return choices.stream().map(Choice::toString).toList();
    }

    /** Where a value came from. */
    public enum Origin {
        FILE("from the file"),
        PROPERTY("system property"),
        ARGUMENT("chosen at start"),
        DEFAULT("default");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** The value of one key, as text, and where it came from. A secret is replaced. */
    public record Choice(ConfigKey key, String value, Origin origin) {
        @Override
        public String toString() {
            boolean number = !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1));
            String unit = number && !key.unit().isEmpty() ? " " + key.unit() : "";
            return "%s = %s%s (%s)".formatted(key.key(), value.isEmpty() ? "not set" : value, unit, origin);
        }
    }

    /**
     * The socket for clients. {@code host} is empty for all interfaces; {@code backlog} is -1 for the system's choice; port 0
     * means any free port.
     */
    public record Listener(String host, int port, int backlog, boolean tcpKeepAlive, int sessionlessTimeoutMillis) {

        /** Where to listen. */
        public InetSocketAddress address() {
            return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        }

        /** Looked at before anything else, so that a second server on a port leaves no trace in a data directory. */
        public void requireFree() throws StartException {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(address());
            } catch (IOException e) {
                throw refused(e);
            }
        }

        /** Why a server cannot start that cannot listen. */
        public StartException refused(Exception cause) {
            return new StartException(
                    ExitCode.OTHER,
                    "Cannot listen on " + address() + " (" + cause.getMessage()
                            + "); end what uses that port, or choose another clientPort or clientPortAddress.",
                    cause);
        }
    }

    /** Bounds of the session timeout that clients ask for. */
    public record SessionLimits(int timeoutMillisMin, int timeoutMillisMax) {}

    /**
     * What one client or all of them may use.
     *
     * @param connectionsPerAddressMax 0 for no limit
     * @param connectionsMax 0 for no limit
     * @param outstandingRequestsMax requests in flight before sockets are not read
     * @param frameBytesMax longest frame of a client
     * @param recordExtraBytes by how much a stored record may exceed {@code frameBytesMax}
     * @param largeRequestBytesMin from which size a request is large; -1 if none is
     * @param largeRequestsBytesMax large requests in flight, in total
     */
    public record Limits(
            int connectionsPerAddressMax,
            int connectionsMax,
            int outstandingRequestsMax,
            int frameBytesMax,
            int recordExtraBytes,
            int largeRequestBytesMin,
            int largeRequestsBytesMax) {}

    /** Rules that change what requests do to the tree. */
    public record TreeRules(
            boolean extendedTypes,
            boolean enforceQuota,
            boolean digest,
            boolean closeSessionListsPaths,
            AclSettings acl,
            ContainerSettings containers) {}

    /**
     * Identities and permissions.
     *
     * @param skip no permission is checked
     * @param digestScheme whether the digest scheme is offered
     * @param superDigest {@code user:digest} of the super user; never printed
     * @param digestAlgorithm a name that {@link java.security.MessageDigest} knows
     */
    public record AclSettings(
            boolean skip, boolean digestScheme, Optional<String> superDigest, String digestAlgorithm) {
        @Override
        public String toString() {
            return "AclSettings[skip=%s, digestScheme=%s, superDigest=%s, digestAlgorithm=%s]"
                    .formatted(skip, digestScheme, superDigest.isPresent() ? "(set)" : "(none)", digestAlgorithm);
        }
    }

    /** Removal of containers and of nodes whose time is up; {@code neverUsedMillisMax} is 0 for never. */
    public record ContainerSettings(int checkIntervalMillis, int deletesPerMinuteMax, int neverUsedMillisMax) {}

    /**
     * The transaction log.
     *
     * @param forceSync whether a write is acknowledged only after it is on disk
     * @param syncWarningMillis a slower sync is logged
     * @param batchTransactionsMax transactions per sync
     * @param preallocateBytes allocated ahead; 0 for none
     * @param segmentBytes size at which a new segment begins
     * @param reserveBytes free space below which writes are refused
     * @param budgetBytes log size that triggers a snapshot and a purge; 0 for none
     * @param inline whether the core's thread writes the log itself
     */
    public record LogSettings(
            boolean forceSync,
            int syncWarningMillis,
            int batchTransactionsMax,
            long preallocateBytes,
            long segmentBytes,
            long reserveBytes,
            long budgetBytes,
            Choose inline) {}

    /**
     * Snapshots, and what is kept of them and of the log.
     *
     * @param transactionsBetween at least 2
     * @param logBytesBetween 0 for no limit
     * @param purge when old ones are deleted
     * @param purgeIntervalHours time between purges; 0 unless {@code purge} is {@link Purge#PERIODIC}
     * @param retainCount snapshots that a purge keeps, at least 3
     * @param keptBytesMax snapshots and log that a purge keeps, in total; 0 for no limit
     */
    public record SnapshotSettings(
            int transactionsBetween,
            long logBytesBetween,
            Purge purge,
            int purgeIntervalHours,
            int retainCount,
            long keptBytesMax) {}

    /** When old snapshots and log segments are deleted. */
    public enum Purge {
        AFTER_EACH_SNAPSHOT,
        PERIODIC,
        NEVER
    }

    /** Something that can be left to the server. */
    public enum Choose {
        AUTO,
        TRUE,
        FALSE
    }

    /** Where the core runs. */
    public enum Threading {
        AUTO,
        SHARED,
        DEDICATED
    }

    /** Kind of event loop. */
    public enum Transport {
        AUTO,
        EPOLL,
        NIO
    }

    /** Threads and event loops; {@code eventLoopThreads} is 0 for a choice by the number of processors. */
    public record ThreadSettings(Threading threading, int eventLoopThreads, Transport transport) {}

    /** Which four-letter words are answered. {@code srvr} always is (client-protocol 14.1). */
    public record FourLetterWords(boolean all, Set<String> listed) {

        /** Whether the command with this name may run. */
        public boolean allows(String command) {
            return all || listed.contains(command) || command.equals("srvr");
        }
    }
}
