package io.quorate.coordinator.snapshot;

import io.quorate.wire.jute.JuteWriter;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.Adler32;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes one snapshot file so that it is there completely or not at all: a temporary file, compressed and sealed, then
 * synced, renamed, and the folder synced. One thread.
 */
final class SnapshotWriter implements AutoCloseable {

    /** Written bytes go to the disk in portions, so that no sync of the log has to wait for all of them at once. */
    private static final long PORTION_BYTES = 16L * 1024 * 1024;

    private static final int BUFFER_BYTES = 128 * 1024;

    private final SnapshotFile file;
    private final long spareBytes;
    private final FileChannel channel;
    private final OutputStream out;
    private final Adler32 checksum = new Adler32();
    private long syncedBytes;
    private boolean complete;

    /**
     * Begins a file.
     *
     * @param spareBytes bytes that must stay free on the disk; the snapshot is given up before it takes them
     */
    SnapshotWriter(SnapshotFile file, long spareBytes) throws IOException {
        this.file = file;
        this.spareBytes = spareBytes;
        Files.createDirectories(file.path().getParent());
        requireSpace();
        channel = FileChannel.open(
                file.temporary(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        try {
            OutputStream raw = new BufferedOutputStream(new OpenEnded(Channels.newOutputStream(channel)), BUFFER_BYTES);
            out = file.compression().compress(raw);
        } catch (IOException | RuntimeException | LinkageError e) {
            close();
            throw e;
        }
    }

    /** The channel outlives the compressed stream: it is synced after that was closed. */
    private static final class OpenEnded extends FilterOutputStream {
        OpenEnded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    void write(byte[] bytes, int length) throws IOException {
        checksum.update(bytes, 0, length);
        out.write(bytes, 0, length);
        if (channel.position() - syncedBytes >= PORTION_BYTES) {
            channel.force(false);
            syncedBytes = channel.position();
            requireSpace();
        }
    }

    private void requireSpace() throws IOException {
        if (spareBytes > 0) {
            Path folder = file.path().getParent();
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < spareBytes) {
                throw new IOException(free + " bytes are free in " + folder + ", " + spareBytes + " must stay so");
            }
        }
    }

    /**
     * Ends the file; it is durable under its name when this returns. Returns its size in bytes.
     *
     * @param digestVersion 0 if there is no digest; readers then have nothing to compare
     */
    long finish(int digestVersion, long digest) throws IOException {
        seal();
        JuteWriter section = new JuteWriter();
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        section.wrap(buffer, 0);
        section.writeLong(digestVersion == 0 ? 0 : file.zxid());
        section.writeInt(digestVersion == 0 ? SnapshotLayout.DIGEST_VERSION : digestVersion);
        section.writeLong(digestVersion == 0 ? 0 : digest);
        write(buffer.byteArray(), section.position());
        seal();
        section.wrap(buffer, 0);
        section.writeLong(file.zxid());
        write(buffer.byteArray(), section.position());
        seal();
        return publish();
    }

    private void seal() throws IOException {
        JuteWriter seal = new JuteWriter();
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        seal.wrap(buffer, 0);
        seal.writeLong(checksum.getValue());
        seal.writeString(SnapshotLayout.TERMINATOR);
        write(buffer.byteArray(), seal.position());
    }

    private long publish() throws IOException {
        out.close();
        channel.force(true);
        long bytes = channel.size();
        channel.close();
        Files.move(file.temporary(), file.path(), StandardCopyOption.ATOMIC_MOVE);
        complete = true;
        sync(file.path().getParent());
        return bytes;
    }

    /** Makes a file durable, or the names in a folder. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives an unfinished file up and removes it. */
    @Override
    public void close() throws IOException {
        if (!complete) {
            channel.close();
            Files.deleteIfExists(file.temporary());
        }
    }
}
