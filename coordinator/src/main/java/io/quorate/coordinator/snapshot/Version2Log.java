package io.quorate.coordinator.snapshot;

import io.quorate.wire.jute.MalformedException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Adler32;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One transaction log file of a ZooKeeper (storage-formats 3), read once from the start.
 *
 * <pre>
 *   "ZKLG" | int version | long dbid | (long Adler-32, int length, payload, 'B')* | zeros
 * </pre>
 *
 * @param firstZxid the zxid in its name
 */
record Version2Log(Path path, long firstZxid) {

    private static final Pattern NAME = Pattern.compile("log\\.([0-9a-fA-F]{1,16})");
    private static final int RADIX = 16;
    private static final int MAGIC = 0x5A4B4C47;
    private static final int HEADER_BYTES = 16;
    private static final int ENTRY_HEADER_BYTES = Long.BYTES + Integer.BYTES;
    private static final byte END_OF_ENTRY = 'B';
    private static final int TXN_HEADER_BYTES = 32;
    private static final int ZXID_OFFSET = 12;
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Takes the entries of a log in their order. */
    interface EntryVisitor {
        void entry(long zxid, DirectBuffer buffer, int length) throws IOException;
    }

    /** All logs of a folder, oldest first. */
    static List<Version2Log> list(Path folder) throws IOException {
        List<Version2Log> logs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "log.*")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    logs.add(new Version2Log(entry, Long.parseUnsignedLong(name.group(1), RADIX)));
                }
            }
        }
        logs.sort(Comparator.comparingLong(Version2Log::firstZxid));
        return logs;
    }

    /** Those of {@code logs} that can hold transactions behind {@code zxid}. */
    static List<Version2Log> behind(long zxid, List<Version2Log> logs) {
        int first = 0;
        for (int i = 0; i < logs.size(); i++) {
            if (logs.get(i).firstZxid <= zxid + 1) {
                first = i;
            }
        }
        return logs.subList(first, logs.size());
    }

    /**
     * Reads until the entries end: at a torn one, at zeros, or at the end of the file.
     *
     * @param newest whether no file follows; only then may it be shorter than its header, as a crash leaves it
     * @throws SnapshotDamagedException if an entry that is whole has a wrong checksum or makes no sense
     */
    void read(boolean newest, EntryVisitor visitor) throws IOException {
        long size = Files.size(path);
        if (size < HEADER_BYTES) {
            if (newest) {
                return;
            }
            throw new SnapshotDamagedException(path + " has " + size + " bytes, but later logs follow it");
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES))) {
            if (in.readInt() != MAGIC) {
                throw new SnapshotDamagedException(path + " is no transaction log: wrong magic");
            }
            in.skipNBytes(HEADER_BYTES - Integer.BYTES);
            readEntries(in, size, visitor);
        }
    }

    private void readEntries(DataInputStream in, long size, EntryVisitor visitor) throws IOException {
        long position = HEADER_BYTES;
        UnsafeBuffer payload = new UnsafeBuffer(new byte[0]);
        Adler32 checksum = new Adler32();
        while (size - position >= ENTRY_HEADER_BYTES) {
            long expected = in.readLong();
            int length = in.readInt();
            if (length < 0) {
                throw damaged(position, "length " + length);
            }
            if (length == 0 || length >= size - position - ENTRY_HEADER_BYTES) {
                return;
            }
            if (payload.capacity() < length) {
                payload.wrap(new byte[Math.max(length, 2 * payload.capacity())]);
            }
            in.readFully(payload.byteArray(), 0, length);
            if (in.readByte() != END_OF_ENTRY) {
                return;
            }
            checksum.reset();
            checksum.update(payload.byteArray(), 0, length);
            if (checksum.getValue() != expected || length < TXN_HEADER_BYTES) {
                throw damaged(position, "checksum does not match");
            }
            visit(payload, length, position, visitor);
            position += ENTRY_HEADER_BYTES + length + 1;
        }
    }

    private void visit(UnsafeBuffer payload, int length, long position, EntryVisitor visitor) throws IOException {
        try {
            visitor.entry(payload.getLong(ZXID_OFFSET, ByteOrder.BIG_ENDIAN), payload, length);
        } catch (MalformedException e) {
            throw damaged(position, e.getMessage());
        }
    }

    private SnapshotDamagedException damaged(long position, String what) {
        return new SnapshotDamagedException(path + ": the entry at byte " + position + " is damaged: " + what);
    }
}
