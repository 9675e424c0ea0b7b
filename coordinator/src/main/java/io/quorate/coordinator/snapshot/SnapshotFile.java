package io.quorate.coordinator.snapshot;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One snapshot by its name, {@code snapshot.<zxid, hexadecimal>[.gz|.snappy]} (storage-formats 1).
 *
 * @param zxid the state that is in it
 */
public record SnapshotFile(Path path, long zxid, Compression compression) {

    static final String TEMPORARY = ".tmp";

    private static final Pattern NAME = Pattern.compile("snapshot\\.([0-9a-fA-F]{1,16})(\\.gz|\\.snappy|)");
    private static final int RADIX = 16;

    /** What a snapshot in this folder is called. */
    static SnapshotFile in(Path folder, long zxid, Compression compression) {
        String name = "snapshot." + Long.toHexString(zxid) + compression.suffix();
        return new SnapshotFile(folder.resolve(name), zxid, compression);
    }

    /** The snapshot with this path, or null if the name is no snapshot's. */
    public static SnapshotFile of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return null;
        }
        long zxid = Long.parseUnsignedLong(name.group(1), RADIX);
        return zxid < 0 ? null : new SnapshotFile(path, zxid, Compression.ofSuffix(name.group(2)));
    }

    /** Where it is written before it is complete. */
    Path temporary() {
        return path.resolveSibling(path.getFileName() + TEMPORARY);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
