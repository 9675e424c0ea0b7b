package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.SnapshotOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongFunction;

/** Writes a snapshot while it is handed out, on the thread that hands it out: for tools, not for a server. */
final class DirectSnapshot implements SnapshotOut {

    private final LongFunction<SnapshotFile> name;
    private SnapshotWriter writer;
    private SnapshotFile written;

    /** @param name the file for the zxid of the snapshot */
    DirectSnapshot(LongFunction<SnapshotFile> name) {
        this.name = name;
    }

    /** The file that was written and is durable, null before. */
    SnapshotFile written() {
        return written;
    }

    @Override
    public void begin(long zxid) {
        try {
            writer = new SnapshotWriter(name.apply(zxid), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        try {
            writer.write(bytes, length);
        } catch (IOException e) {
            throw abandoned(e);
        }
    }

    @Override
    public void end(long zxid, int digestVersion, long digest) {
        try {
            writer.finish(digestVersion, digest);
            written = name.apply(zxid);
        } catch (IOException e) {
            throw abandoned(e);
        }
    }

    @Override
    public void abandon() {
        throw new AssertionError("nothing changes while this snapshot is written");
    }

    private UncheckedIOException abandoned(IOException cause) {
        try {
            writer.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new UncheckedIOException(cause);
    }

    @Override
    public boolean hasRoom() {
        return true;
    }
}
