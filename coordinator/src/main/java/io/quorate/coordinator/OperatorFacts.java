package io.quorate.coordinator;

import com.sun.management.UnixOperatingSystemMXBean;
import io.quorate.coordinator.admin.AdminFacts;
import io.quorate.coordinator.admin.ConfFacts;
import io.quorate.coordinator.config.Ensemble;
import io.quorate.coordinator.config.ProcessFacts;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.net.ClientAcceptor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What the operator's commands tell of this process beside the core: settings, packets, folders, the machine. */
final class OperatorFacts implements AdminFacts {

    private static final int NOT_SET = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerConfig config;
    private final Storage storage;
    private final long startNanos = System.nanoTime();
    private volatile ClientAcceptor acceptor;
    private volatile boolean serving;
    private volatile ServerMode mode = ServerMode.NOT_SERVING;
    private volatile long leadingSinceNanos;
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

    /** What the server is for its clients since the last batch of the core. The core's thread. */
    void became(ServerMode now) {
        if (now != mode) {
            leadingSinceNanos = System.nanoTime();
            mode = now;
        }
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
        return serving && mode != ServerMode.NOT_SERVING;
    }

    @Override
    public boolean isReadOnly() {
        return mode == ServerMode.READ_ONLY;
    }

    @Override
    public String mode() {
        return mode.text();
    }

    @Override
    public long leadingMillis() {
        return mode == ServerMode.LEADER ? (System.nanoTime() - leadingSinceNanos) / NANOS_PER_MILLI : -1;
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
                config.ensemble().map(Ensemble::sid).orElse(0L),
                config.ensemble().map(OperatorFacts::facts));
    }

    private static ConfFacts.EnsembleFacts facts(Ensemble ensemble) {
        return new ConfFacts.EnsembleFacts(
                ensemble.initLimit(),
                ensemble.syncLimit(),
                ports(ensemble, Ensemble.Address::electionPort),
                ports(ensemble, Ensemble.Address::quorumPort),
                ensemble.own().observer(),
                ensemble.text());
    }

    private static String ports(Ensemble ensemble, ToIntFunction<Ensemble.Address> port) {
        return ensemble.own().addresses().stream()
                .map(address -> Integer.toString(port.applyAsInt(address)))
                .collect(Collectors.joining("|"));
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
        return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
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
