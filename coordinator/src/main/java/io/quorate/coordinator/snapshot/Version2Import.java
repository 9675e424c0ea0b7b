package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.LogOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Takes over the data of a ZooKeeper, once: newest snapshot that is whole, transactions behind it, epochs. The source is only
 * read. It must not be in use: a ZooKeeper keeps no lock that could be seen here. Used by one thread for one import.
 */
public final class Version2Import {

    /** The folder below a ZooKeeper's dataDir and dataLogDir. */
    public static final String SOURCE_FOLDER = "version-2";

    /** The folder below the dataDir of this server. */
    public static final String TARGET_FOLDER = "quorate-1";

    private static final String UNFINISHED = TARGET_FOLDER + ".importing";
    private static final List<String> EPOCH_FILES = List.of("acceptedEpoch", "currentEpoch");
    private static final int EPOCH_SHIFT = 32;

    private final Path snapshots;
    private final Path logs;
    private final Path to;
    private final boolean trustEmpty;
    private final List<Path> filesRead = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long transactions;

    private Version2Import(Path from, Path logFrom, Path to, boolean trustEmpty) {
        this.snapshots = from.resolve(SOURCE_FOLDER);
        this.logs = logFrom.resolve(SOURCE_FOLDER);
        this.to = to;
        this.trustEmpty = trustEmpty;
    }

    /**
     * Imports a data directory. Until it has succeeded, the target holds nothing that a server would read.
     *
     * @param from the dataDir of the ZooKeeper, in which there is {@code version-2}
     * @param logFrom its dataLogDir, null if it has none of its own
     * @param to the dataDir of this server, may be the same as {@code from}
     * @param trustEmpty whether logs without any snapshot are taken as complete ({@code snapshot.trust.empty})
     * @throws ImportException with the reason for the operator
     */
    public static ImportSummary run(Path from, Path logFrom, Path to, boolean trustEmpty) throws ImportException {
        try {
            return new Version2Import(from, logFrom == null ? from : logFrom, to, trustEmpty).run();
        } catch (ImportException e) {
            throw e;
        } catch (SnapshotDamagedException e) {
            throw new ImportException(e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new ImportException("import from " + from + " to " + to + " failed: " + e, e);
        }
    }

    private ImportSummary run() throws IOException {
        requireFolder(snapshots);
        requireFolder(logs);
        requireEmptyTarget();
        Path unfinished = to.resolve(UNFINISHED);
        clear(unfinished);
        SnapshotFiles written = new SnapshotFiles(unfinished);
        DirectSnapshot out = new DirectSnapshot(written::file);
        Recovery recovery = new Core(settings(), new NoLog(), out).recovery();
        recover(recovery);
        Recovery.DigestCheck digests = recovery.finish();
        if (digests == Recovery.DigestCheck.DIFFERENT) {
            warnings.add("the tree does not have the digest that the source recorded");
        }
        Files.createDirectories(unfinished);
        takeEpochs(unfinished);
        recovery.writeSnapshot();
        publish(unfinished);
        return summary(recovery, digests, out.written().path().getFileName());
    }

    private ImportSummary summary(Recovery recovery, Recovery.DigestCheck digests, Path name) {
        return new ImportSummary(
                recovery.lastZxid(),
                recovery.nodeCount(),
                recovery.sessionCount(),
                recovery.ephemeralCount(),
                recovery.digest(),
                digests,
                transactions,
                List.copyOf(filesRead),
                to.resolve(TARGET_FOLDER).resolve(name),
                List.copyOf(warnings));
    }

    /** Nothing is ever planned here, so only what applies to stored state matters. */
    private static CoreSettings settings() {
        int tick = 2000;
        return new CoreSettings(
                0,
                tick,
                2 * tick,
                20 * tick,
                1,
                0,
                true,
                true,
                OpSettings.DEFAULT,
                new CoreSettings.Containers(Long.MAX_VALUE, 1, 0),
                new CoreSettings.Snapshots(0, 0, Long.MAX_VALUE));
    }

    /** An import proposes nothing. */
    private record NoLog() implements LogOut {
        @Override
        public boolean hasRoom(int entryBytes) {
            return false;
        }

        @Override
        public void append(long zxid, DirectBuffer src, int offset, int length) {
            throw new AssertionError("a transaction during an import");
        }
    }

    private static void requireFolder(Path folder) throws ImportException {
        if (!Files.isDirectory(folder)) {
            throw new ImportException(folder + " is not there: name the directory that dataDir or dataLogDir of the"
                    + " ZooKeeper names, in which there is " + SOURCE_FOLDER);
        }
    }

    private void requireEmptyTarget() throws IOException {
        Path target = to.resolve(TARGET_FOLDER);
        if (!Files.exists(target)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (entries.iterator().hasNext()) {
                throw new ImportException(target + " holds data already: import into an empty directory");
            }
        }
    }

    private void recover(Recovery recovery) throws IOException {
        Optional<SnapshotFiles.Loaded> loaded = new SnapshotFiles(snapshots).load(recovery);
        List<Version2Log> all = Version2Log.list(logs);
        if (loaded.isEmpty()) {
            requireTrust(all);
        }
        loaded.ifPresent(snapshot -> filesRead.add(snapshot.file().path()));
        replay(recovery, Version2Log.behind(recovery.lastZxid(), all));
        if (loaded.isPresent()) {
            requireCovered(loaded.get(), recovery.lastZxid());
        }
    }

    private void requireTrust(List<Version2Log> all) throws ImportException {
        if (all.isEmpty()) {
            throw new ImportException(snapshots + " holds no snapshot and " + logs + " no log: nothing to import");
        }
        if (!trustEmpty) {
            throw new ImportException(
                    snapshots + " holds no snapshot, but there are logs: a snapshot may be lost. If the"
                            + " logs are complete, import with snapshot.trust.empty=true");
        }
    }

    private void replay(Recovery recovery, List<Version2Log> files) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            Version2Log file = files.get(i);
            file.read(i == files.size() - 1, (zxid, buffer, length) -> {
                if (zxid <= recovery.lastZxid()) {
                    return;
                }
                requireNext(file, recovery.lastZxid(), zxid);
                recovery.replay(buffer, 0, length);
                transactions++;
            });
            filesRead.add(file.path());
        }
    }

    /** A torn entry ends its file silently; that nothing is missing shows in the zxids alone (storage-formats 3.5). */
    private static void requireNext(Version2Log file, long last, long zxid) throws ImportException {
        boolean firstOfItsEpoch = (int) zxid == 1 && zxid >>> EPOCH_SHIFT > last >>> EPOCH_SHIFT;
        if (zxid != last + 1 && !firstOfItsEpoch) {
            throw new ImportException(file.path() + " continues at zxid 0x" + Long.toHexString(zxid)
                    + ", but what was read before ends at 0x" + Long.toHexString(last)
                    + ": transactions are missing between them");
        }
    }

    /**
     * A ZooKeeper goes on applying while it writes a snapshot, so transactions behind the one in its name may be in it by
     * halves; only the log makes it whole again (storage-formats 6).
     */
    private static void requireCovered(SnapshotFiles.Loaded loaded, long lastZxid) throws IOException {
        SnapshotSummary summary = loaded.summary();
        long needed = Math.max(summary.lastZxid(), summary.digestZxid());
        loaded.requireBridged(lastZxid);
        if (needed > lastZxid) {
            throw new ImportException("the logs end at zxid 0x" + Long.toHexString(lastZxid) + ", but snapshot "
                    + loaded.file().path().getFileName() + " needs them up to 0x" + Long.toHexString(needed)
                    + ": name the dataLogDir of the ZooKeeper too, with all its logs");
        }
    }

    /** Epochs are promises to the other members: taken as they are (storage-formats 11). */
    private void takeEpochs(Path folder) throws IOException {
        for (String name : EPOCH_FILES) {
            Path source = snapshots.resolve(name);
            if (Files.exists(source)) {
                requireNumber(source);
                Path copy = Files.copy(source, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                SnapshotWriter.sync(copy);
                filesRead.add(source);
            }
        }
    }

    private static void requireNumber(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,10}")) {
            throw new ImportException(file + " holds no epoch: \"" + text + "\"");
        }
    }

    private void publish(Path unfinished) throws IOException {
        Path target = to.resolve(TARGET_FOLDER);
        Files.deleteIfExists(target);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        SnapshotWriter.sync(to);
    }

    /** Removes what an import that was broken off has left. */
    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
    }
}
