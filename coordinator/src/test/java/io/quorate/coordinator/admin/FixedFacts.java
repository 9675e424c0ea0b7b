package io.quorate.coordinator.admin;

import java.util.List;
import java.util.Optional;

/** Facts that tests choose. */
final class FixedFacts implements AdminFacts {

    boolean serving = true;
    boolean readOnly;
    ConfFacts.EnsembleFacts ensemble;
    long openFiles = 77;
    private long packetsReceived = 16;
    private long packetsSent = 15;

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public String builtOn() {
        return "2026-11-20 10:00 UTC";
    }

    @Override
    public boolean isServing() {
        return serving;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public String mode() {
        return readOnly ? "read-only" : "standalone";
    }

    @Override
    public long leadingMillis() {
        return -1;
    }

    @Override
    public ConfFacts conf() {
        return new ConfFacts(
                41317,
                -1,
                "/data/version-2",
                "/log/version-2",
                2000,
                60,
                4000,
                40_000,
                -1,
                0,
                Optional.ofNullable(ensemble));
    }

    @Override
    public long dataDirBytes() {
        return 67_109_358;
    }

    @Override
    public long logDirBytes() {
        return 448;
    }

    @Override
    public long packetsReceived() {
        return packetsReceived;
    }

    @Override
    public long packetsSent() {
        return packetsSent;
    }

    @Override
    public void resetPackets() {
        packetsReceived = 0;
        packetsSent = 0;
    }

    @Override
    public long uptimeMillis() {
        return 1234;
    }

    @Override
    public long openFiles() {
        return openFiles;
    }

    @Override
    public long maxFiles() {
        return 4096;
    }

    @Override
    public List<Variable> environment() {
        return List.of(new Variable("host.name", "localhost"), new Variable("os.memory.free", "367MB"));
    }
}
