package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.Recovery;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots in one folder: which there are, which one counts, and which may go. Safe for use by several threads, but only
 * one at a time may purge.
 */
public final class SnapshotFiles {

    /** Fewer are never kept, unless the byte budget forces it. */
    public static final int RETAIN_MIN = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);

    private final Path folder;
    private final Compression compression;
    private final Set<Path> whole = new ConcurrentSkipListSet<>();

    /** Snapshots in {@code folder}, which need not exist; new ones are compressed with Snappy. */
    public SnapshotFiles(Path folder) {
        this(folder, Compression.SNAPPY);
    }

    /** As above, with new ones compressed as said. */
    public SnapshotFiles(Path folder, Compression compression) {
        this.folder = folder;
        this.compression = compression;
    }

    /**
     * A snapshot that was loaded.
     *
     * @param skipped newer ones that were damaged, newest first: the log must reach back to {@code file}
     */
    public record Loaded(SnapshotFile file, SnapshotSummary summary, List<SnapshotFile> skipped) {

        /**
         * Checks, once the log was replayed up to {@code lastZxid}, that nothing is lost which a snapshot once held.
         *
         * @throws SnapshotDamagedException if the log ends before the newest one that was skipped
         */
        public void requireBridged(long lastZxid) throws SnapshotDamagedException {
            if (!skipped.isEmpty() && skipped.get(0).zxid() > lastZxid) {
                throw new SnapshotDamagedException(skipped.get(0) + " is damaged, and the log behind " + file
                        + " ends at zxid 0x" + Long.toHexString(lastZxid) + ", before it: transactions are lost");
            }
        }
    }

    SnapshotFile file(long zxid) {
        return SnapshotFile.in(folder, zxid, compression);
    }

    /** This file was written or read to its end: it need not be verified again. */
    void markWhole(long zxid) {
        whole.add(file(zxid).path());
    }

    /** All snapshots, newest first. */
    public List<SnapshotFile> list() throws IOException {
        List<SnapshotFile> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                SnapshotFile file = SnapshotFile.of(entry);
                if (file != null) {
                    found.add(file);
                }
            }
        }
        found.sort(Comparator.comparingLong(SnapshotFile::zxid)
                .thenComparing(SnapshotFile::path)
                .reversed());
        return found;
    }

    /** Removes what a crash left of snapshots that were not complete. Call it before the agent starts. */
    public void removeTemporary() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "snapshot.*" + SnapshotFile.TEMPORARY)) {
            for (Path entry : entries) {
                Files.delete(entry);
                LOG.info("removed {}, an unfinished snapshot", entry);
            }
        }
    }

    /**
     * Loads the newest snapshot that is whole; damaged ones are skipped with a warning. Empty if there is no snapshot, and
     * then the core is as it was.
     *
     * @throws SnapshotDamagedException if there are snapshots, and none is whole
     */
    public Optional<Loaded> load(Recovery recovery) throws IOException {
        return load(recovery, Long.MAX_VALUE);
    }

    /** The same, as if there were no snapshots newer than {@code upTo}. */
    public Optional<Loaded> load(Recovery recovery, long upTo) throws IOException {
        List<SnapshotFile> skipped = new ArrayList<>();
        for (SnapshotFile file : list()) {
            if (file.zxid() > upTo) {
                continue;
            }
            recovery.reset();
            try {
                SnapshotSummary summary = RecoveryTarget.read(file, recovery);
                recovery.snapshotLoaded(file.zxid(), summary.digestZxid(), summary.digest());
                whole.add(file.path());
                return Optional.of(new Loaded(file, summary, skipped));
            } catch (IOException e) {
                LOG.warn("skipping snapshot {}", e.getMessage());
                skipped.add(file);
            }
        }
        if (!skipped.isEmpty()) {
            throw new SnapshotDamagedException("none of the " + skipped.size() + " snapshots in " + folder
                    + " can be read; the newest is " + skipped.get(0).path().getFileName());
        }
        return Optional.empty();
    }

    /** Deletes the snapshots that are newer than {@code zxid}: they hold what was voided. Durable on return. */
    public void deleteAfter(long zxid) throws IOException {
        boolean any = false;
        for (SnapshotFile file : list()) {
            if (file.zxid() > zxid) {
                Files.deleteIfExists(file.path());
                whole.remove(file.path());
                any = true;
                LOG.info("deleted snapshot {}: history was cut behind zxid 0x{}", file, Long.toHexString(zxid));
            }
        }
        if (any) {
            SnapshotWriter.sync(folder);
        }
    }

    /** Reads the whole file once; false, with a warning, if it is damaged. */
    private boolean isWhole(SnapshotFile file) {
        if (whole.contains(file.path())) {
            return true;
        }
        try {
            SnapshotReader.read(file, new NoTarget());
            whole.add(file.path());
            return true;
        } catch (IOException e) {
            LOG.warn("snapshot does not count: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Deletes old snapshots. Kept are the newest {@code retainCount} as far as they fit into {@code bytesMax} together, and
     * always the newest one that is whole. Returns the zxid of the oldest one kept, below which the log is not needed; −1 if
     * no snapshot is whole, and then nothing is deleted.
     *
     * @param retainCount raised to {@link #RETAIN_MIN}
     * @param bytesMax 0 for no limit
     */
    public long purge(int retainCount, long bytesMax) throws IOException {
        List<SnapshotFile> files = list();
        int mustKeep = newestWhole(files) + 1;
        if (mustKeep == 0) {
            return SnapshotSummary.NO_ZXID;
        }
        int keep = Math.max(mustKeep, within(files, Math.max(retainCount, RETAIN_MIN), bytesMax));
        for (SnapshotFile file : files.subList(keep, files.size())) {
            Files.deleteIfExists(file.path());
            whole.remove(file.path());
            LOG.info("purged snapshot {}", file);
        }
        return files.get(keep - 1).zxid();
    }

    /** Index of the newest one that is whole, −1 if none is. */
    private int newestWhole(List<SnapshotFile> files) {
        for (int i = 0; i < files.size(); i++) {
            if (isWhole(files.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** How many of the newest fit into count and budget. */
    private static int within(List<SnapshotFile> files, int count, long bytesMax) throws IOException {
        long bytes = 0;
        int fit = 0;
        while (fit < Math.min(count, files.size())) {
            bytes += Files.size(files.get(fit).path());
            if (bytesMax > 0 && bytes > bytesMax) {
                break;
            }
            fit++;
        }
        return fit;
    }
}
