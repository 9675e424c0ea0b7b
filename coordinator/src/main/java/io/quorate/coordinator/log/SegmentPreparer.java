package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allocates the next segment ahead of time and watches the free space, in a thread of its own.
 *
 * <p>It is the place where a full disk is met: here it is an exception of a write, and not a signal in a mapped store.
 */
final class SegmentPreparer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SegmentPreparer.class);
    /** The first segment of a run: it is wanted at once, so it is filled at once. */
    private static final long FIRST_SEGMENT_BYTES = 4 << 20;

    /** Each is that many times as large as the one before, and prepared while that one is written. */
    private static final int GROWTH_BITS = 2;

    private static final String METADATA_FILE = "metadata.cq4t";

    /** Exactly what Chronicle maps of it: it does not start on a longer file. */
    private static final long METADATA_BYTES = 128 << 10;

    private final Path log;
    private final Path run;
    private final LogSettings settings;
    private final ScheduledExecutorService background;
    private final Future<?> spaceCheck;
    private long firstSegment;
    private volatile long wanted;
    private volatile long ready;
    private volatile boolean space = true;
    private volatile Exception failure;

    SegmentPreparer(Path log, Path run, LogSettings settings) {
        this.log = log;
        this.run = run;
        this.settings = settings;
        background = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "quorate-log-prepare");
            thread.setDaemon(true);
            return thread;
        });
        spaceCheck = background.scheduleWithFixedDelay(
                this::attempt, settings.spaceCheckMillis(), settings.spaceCheckMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins with the first segment of the run. Whether there is room for it is found out at once, whether it can be prepared
     * in the background.
     */
    void start(long number) {
        firstSegment = number;
        try {
            space = spareBytes() >= settings.segmentBytes() + settings.reserveBytes();
        } catch (IOException e) {
            failure = e;
            space = false;
        }
        want(number);
    }

    /** Starts to prepare a segment, to be had with {@link #await}. */
    void want(long number) {
        wanted = number;
        lookAgain();
    }

    /** Looks at the space in the background, soon and not at the next interval. */
    void lookAgain() {
        background.execute(this::attempt);
    }

    /** Bytes that are set aside for a segment of this run, of which it may use all. */
    long allocatedBytes(long number) {
        long doublings = Math.min(Integer.SIZE, GROWTH_BITS * (number - firstSegment));
        return Math.min(settings.segmentBytes(), FIRST_SEGMENT_BYTES << doublings);
    }

    /** Waits until it is decided whether there is room for the segment that was wanted. */
    boolean isPrepared(long number) {
        if (ready < number) {
            check();
        }
        return ready >= number;
    }

    /** Waits until the segment that was wanted is prepared. */
    void await(long number) {
        if (!isPrepared(number)) {
            throw new LogException("no space for segment " + number + " in " + log, failure);
        }
    }

    /** Looks at the space now and not at the next interval; returns when that, and all that was put off, is done. */
    void check() {
        try {
            background.submit(this::attempt).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException("interrupted while a segment was prepared", e);
        } catch (ExecutionException e) {
            throw new LogException("a segment could not be prepared", e.getCause());
        }
    }

    /** Does something in the background that may fail without harm. */
    void later(String what, Housekeeping task) {
        background.execute(() -> {
            try {
                task.run();
            } catch (IOException e) {
                LOGGER.warn("could not {}: {}", what, e.toString());
            }
        });
    }

    /** Work on files that nobody waits for. */
    @FunctionalInterface
    interface Housekeeping {
        void run() throws IOException;
    }

    /** False while the next segment cannot be allocated or the reserve is gone. */
    boolean hasSpace() {
        return space;
    }

    private void attempt() {
        try {
            long number = wanted;
            if (ready < number && spareBytes() >= settings.segmentBytes() + settings.reserveBytes()) {
                prepare(number);
                ready = number;
            }
            failure = null;
            space = ready >= number && spareBytes() >= settings.reserveBytes();
        } catch (IOException | RuntimeException e) {
            failure = e;
            space = false;
        }
    }

    private void prepare(long number) throws IOException {
        if (!Files.exists(run.resolve(METADATA_FILE))) {
            Files.createDirectories(run);
            Disk.fill(run.resolve(METADATA_FILE), METADATA_BYTES);
            Disk.syncDirectory(log);
        }
        Path file = run.resolve(SegmentFile.name(number) + SegmentFile.PREPARED_SUFFIX);
        Disk.fill(file, allocatedBytes(number));
        Disk.extend(file, SegmentWriter.fileBytes(settings));
        Disk.sync(file);
    }

    private long spareBytes() throws IOException {
        long usable = Files.getFileStore(log).getUsableSpace();
        return settings.budgetBytes() == 0 ? usable : Math.min(usable, settings.budgetBytes() - sizeBytes());
    }

    /** Bytes that the files of all runs take on disk; the hole behind a segment takes none. From any thread. */
    long sizeBytes() throws IOException {
        long sum = 0;
        for (Path directory : SegmentFile.runs(log)) {
            sum += sizeBytes(directory);
        }
        return sum;
    }

    private long sizeBytes(Path directory) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                sum += Math.min(Files.size(file), settings.segmentBytes());
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            return sum;
        }
        return sum;
    }

    /** Cuts off what a segment does not use. */
    static void trim(Path file, long usedBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(usedBytes);
        }
    }

    @Override
    public void close() {
        spaceCheck.cancel(false);
        background.shutdown();
        try {
            if (!background.awaitTermination(10, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
