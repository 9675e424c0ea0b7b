package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories of this server, held exclusively for as long as it lives.
 *
 * <pre>
 *   dataDir/quorate-1/lock                 locked; holds the process id of the holder
 *   dataDir/quorate-1/format               version of what lies here
 *   dataDir/quorate-1/...                  snapshots and epochs
 *   dataLogDir/quorate-1/log/              the transaction log
 *   dataLogDir/quorate-1/lock, format      when dataLogDir is another directory
 * </pre>
 *
 * <p>A directory that something else lives in is refused, and nothing in it is touched. Thread-safe: immutable but for {@link
 * #close}.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String HOME = "quorate-1";
    private static final String LOCK = "lock";
    private static final String FORMAT = "format";
    private static final String FORMAT_VERSION = "1";
    private static final String ZOOKEEPER_HOME = "version-2";
    private static final Set<String> HARMLESS = Set.of("myid", "initialize", "lost+found");
    private static final int NAMES_SHOWN_MAX = 5;

    private final Path snapshots;
    private final Path log;
    private final List<FileChannel> locks;

    private DataDirectory(Path snapshots, Path log, List<FileChannel> locks) {
        this.snapshots = snapshots;
        this.log = log;
        this.locks = locks;
    }

    /**
     * Takes hold of the directories; creates what is missing.
     *
     * @param dataLogDir may be the same as {@code dataDir}
     * @throws DataDirectoryException if they belong to something else, are held by another server, or cannot be written
     */
    public static DataDirectory open(Path dataDir, Path dataLogDir) {
        return open(dataDir, dataLogDir, false);
    }

    /** The same for an import: a ZooKeeper server's {@code version-2} may lie beside ours. */
    public static DataDirectory openForImport(Path dataDir, Path dataLogDir) {
        return open(dataDir, dataLogDir, true);
    }

    private static DataDirectory open(Path dataDir, Path dataLogDir, boolean besideZooKeeper) {
        Set<Path> roots = new LinkedHashSet<>();
        roots.add(dataDir.toAbsolutePath().normalize());
        roots.add(dataLogDir.toAbsolutePath().normalize());
        List<FileChannel> locks = new ArrayList<>();
        try {
            for (Path root : roots) {
                requireOurs(root, besideZooKeeper);
            }
            for (Path root : roots) {
                locks.add(takeHold(root));
            }
            Path log = dataLogDir.resolve(HOME).resolve("log");
            Files.createDirectories(log);
            Disk.syncDirectory(log.getParent());
            return new DataDirectory(dataDir.resolve(HOME), log, List.copyOf(locks));
        } catch (IOException e) {
            release(locks);
            String reason = e instanceof AccessDeniedException ? "permission denied: " : "cannot be used: ";
            throw new DataDirectoryException("data directory " + dataDir + " " + reason + e.getMessage(), e);
        } catch (DataDirectoryException e) {
            release(locks);
            throw e;
        }
    }

    private static void requireOurs(Path root, boolean besideZooKeeper) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new DataDirectoryException(root + " is not a directory");
        }
        if (!Files.isReadable(root) || !Files.isWritable(root) || !Files.isExecutable(root)) {
            throw new DataDirectoryException("no permission to read and write the directory " + root);
        }
        Path home = root.resolve(HOME);
        if (Files.exists(home)) {
            requireKnownFormat(home);
        } else if (Files.exists(root.resolve(ZOOKEEPER_HOME))) {
            if (!besideZooKeeper) {
                throw new DataDirectoryException(root + " holds the data of a ZooKeeper server (" + ZOOKEEPER_HOME
                        + "). Bring it over with `quorate import --from " + root + "`, or name an empty directory");
            }
        } else {
            requireEmpty(root);
        }
    }

    private static void requireKnownFormat(Path home) throws IOException {
        Path file = home.resolve(FORMAT);
        if (Files.exists(file)) {
            String version = Files.readString(file).trim();
            if (!version.equals(FORMAT_VERSION)) {
                throw new DataDirectoryException(home + " has format \"" + version + "\", this server reads "
                        + FORMAT_VERSION + ": it was written by another version");
            }
        }
    }

    private static void requireEmpty(Path root) throws IOException {
        List<String> strangers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!HARMLESS.contains(name) && !name.startsWith(".") && !name.endsWith(".pid")) {
                    strangers.add(name);
                }
            }
        }
        if (!strangers.isEmpty()) {
            Collections.sort(strangers);
            throw new DataDirectoryException(root + " is not empty and holds no data of this server: found "
                    + String.join(", ", strangers.subList(0, Math.min(NAMES_SHOWN_MAX, strangers.size())))
                    + ". Name an empty directory");
        }
    }

    private static FileChannel takeHold(Path root) throws IOException {
        Path home = root.resolve(HOME);
        Files.createDirectories(home);
        FileChannel channel = lock(home.resolve(LOCK));
        try {
            Path format = home.resolve(FORMAT);
            if (!Files.exists(format)) {
                Disk.replace(format, (FORMAT_VERSION + "\n").getBytes(StandardCharsets.UTF_8));
                Disk.syncDirectory(root);
            }
            return channel;
        } catch (IOException e) {
            release(List.of(channel));
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(pid), 0);
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DataDirectoryException(inUse(file), e);
        }
        String message = inUse(file);
        channel.close();
        throw new DataDirectoryException(message);
    }

    private static String inUse(Path file) throws IOException {
        String pid = Files.readString(file).trim();
        return file.getParent().getParent() + " is in use by another server"
                + (pid.isEmpty() ? "" : " (process " + pid + ")");
    }

    private static void release(List<FileChannel> locks) {
        for (FileChannel lock : locks) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new DataDirectoryException("could not release a lock", e);
            }
        }
    }

    /** Where snapshots and epoch files lie. */
    public Path snapshots() {
        return snapshots;
    }

    /** Where the transaction log lies. */
    public Path log() {
        return log;
    }

    /** Lets another server take the directories. */
    @Override
    public void close() {
        release(locks);
    }
}
