package io.quorate.coordinator.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** Owns the folder in which a demo keeps its data, with a lock that goes with the process, however it ends. */
final class DemoFolder {

    private static final String PREFIX = "quorate-demo-";
    private static final String LOCK = "lock";

    /** Younger ones may be about to be locked. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    private DemoFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new one below this one, which loses those that killed demos have left. */
    static DemoFolder create(Path parent) throws IOException {
        removeAbandoned(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        FileChannel lock =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new DemoFolder(path, lock);
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                removeIfAbandoned(folder);
            }
        }
    }

    private static void removeIfAbandoned(Path folder) {
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            if (changed.isBefore(Instant.now().minus(YOUNG)) && isAbandoned(folder)) {
                remove(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            return; // another user's, or somebody is removing it: it is not ours to complain about
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Removes it with all that is in it. */
    void remove() throws IOException {
        lock.close();
        if (Files.exists(path)) {
            remove(path);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
