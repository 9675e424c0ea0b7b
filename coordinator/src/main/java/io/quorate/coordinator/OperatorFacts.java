package io.quorate.coordinator;

import com.sun.management.UnixOperatingSystemMXBean;
import io.quorate.coordinator.admin.AdminFacts;
import io.quorate.coordinator.admin.ConfFacts;
import io.quorate.coordinator.config.ProcessFacts;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.net.ClientAcceptor;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What the operator's commands tell of this process beside the core: settings, packets, folders, the machine. */
final class OperatorFacts implements AdminFacts {

    private static final int NOT_SET = -1;

    private final ServerConfig config;
    private final Storage storage;
    private final long startNanos = System.nanoTime();
    private volatile ClientAcceptor acceptor;
    private volatile boolean serving;
    private volatile long receivedBefore;
    private volatile long sentBefore;

    OperatorFacts(ServerConfig config, Storage storage) {
        this.config = config;
        this.storage = storage;
    }

    void serving(ClientAcceptor by) {
        acceptor = by;
        serving = true;
    }

    void ending() {
        serving = false;
    }

    @Override
    public String version() {
        return ProcessFacts.version();
    }

    @Override
    public String builtOn() {
        return ProcessFacts.builtOn();
    }

    @Override
    public boolean isServing() {
        return serving;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String mode() {
        return "standalone";
    }

    @Override
    public ConfFacts conf() {
        return new ConfFacts(
                config.listener().port(),
                NOT_SET,
                storage.snapshotFolder().toString(),
                storage.logFolder().toString(),
                config.tickTimeMillis(),
                config.limits().connectionsPerAddressMax(),
                config.sessions().timeoutMillisMin(),
                config.sessions().timeoutMillisMax(),
                config.listener().backlog(),
                0);
    }

    @Override
    public long dataDirBytes() {
        return storage.snapshotBytes();
    }

    @Override
    public long logDirBytes() {
        return storage.logBytes();
    }

    @Override
    public long packetsReceived() {
        return acceptor.received() - receivedBefore;
    }

    @Override
    public long packetsSent() {
        return acceptor.sent() - sentBefore;
    }

    @Override
    public void resetPackets() {
        receivedBefore = acceptor.received();
        sentBefore = acceptor.sent();
    }

    @Override
    public long uptimeMillis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    @Override
    public long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    @Override
    public long maxFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : -1;
    }

    @Override
    public List<Variable> environment() {
        return ProcessFacts.environment().entrySet().stream()
                .map(fact -> new Variable(fact.getKey(), fact.getValue()))
                .toList();
    }
}
