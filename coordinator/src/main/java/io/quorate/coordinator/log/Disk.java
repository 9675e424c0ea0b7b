package io.quorate.coordinator.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The few things done to files that must be durable, and how. */
final class Disk {

    private static final int FILL_CHUNK_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4096;

    private Disk() {}

    /** Makes the content of a file durable. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the names in a directory durable. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Creates a file of zeros for which the disk has really set blocks aside, so that a mapped store finds them. A file that
     * is only made long is sparse, and a store into a hole of a full disk kills the process. Java has no way to ask for blocks
     * but to write them; that is done in pieces, each synced, so that the log's own syncs do not queue behind all of it.
     *
     * <p>Each write is of one page, because file systems that can keep many pages as one (ext4 since Linux 6.16) do so for longer
     * writes, and then one store into the mapping has the next sync write all of them.
     */
    static void fill(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE_BYTES);
            long position = 0;
            while (position < bytes) {
                zeros.clear().limit((int) Math.min(PAGE_BYTES, bytes - position));
                position += channel.write(zeros, position);
                if (position % FILL_CHUNK_BYTES == 0) {
                    channel.force(false);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Makes a file longer by a hole. */
    static void extend(Path file, long bytes) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(bytes);
        }
    }

    /** Replaces the content of a small file: after a crash it holds the old or the new content, whole. */
    static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(temporary, content);
        sync(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file.toAbsolutePath().getParent());
    }
}
