package io.quorate.coordinator.ahead;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Lets a source read and decode in a thread of its own while the caller takes what it has read, in the same order. What lies
 * between the two is bounded in bytes.
 */
public final class ReadAhead<T, R> {

    private static final int BATCH_ITEMS = 512;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCHES_MAX = 32;

    private final BlockingQueue<Batch<T, R>> batches = new ArrayBlockingQueue<>(BATCHES_MAX);
    private List<T> items = new ArrayList<>();
    private long itemBytes;

    private ReadAhead() {}

    /** Reads from the beginning to the end, in a thread of its own, and says something about the whole. */
    @FunctionalInterface
    public interface Source<T, R> {
        R read(Sink<T> sink) throws IOException;
    }

    /** Where the source puts what it has read. */
    @FunctionalInterface
    public interface Sink<T> {
        /** @param bytes about as much memory as the item takes */
        void accept(T item, long bytes);
    }

    /** Some items, and behind the last of them how it ended: {@code failure} is null if all was read. */
    private record Batch<T, R>(List<T> items, boolean last, R result, Throwable failure) {}

    /**
     * Returns what the source returned, when the consumer, in the caller's thread, has taken everything. What either of the two
     * throws ends both, and is thrown here.
     *
     * @throws IOException from the source
     */
    public static <T, R> R run(Source<T, R> source, Consumer<T> consumer) throws IOException {
        ReadAhead<T, R> ahead = new ReadAhead<>();
        Thread thread = new Thread(() -> ahead.produce(source), "quorate-read-ahead");
        thread.setDaemon(true);
        thread.start();
        try {
            return ahead.consume(consumer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        } finally {
            thread.interrupt();
        }
    }

    private void produce(Source<T, R> source) {
        try {
            put(end(source));
        } catch (CancellationException nobodyWantsMore) {
            return;
        }
    }

    /** Reads everything; the last batch says how that went. */
    private Batch<T, R> end(Source<T, R> source) {
        try {
            R result = source.read(this::add);
            return new Batch<>(items, true, result, null);
        } catch (CancellationException nobodyWantsMore) {
            throw nobodyWantsMore;
        } catch (IOException | RuntimeException | Error e) {
            return new Batch<>(items, true, null, e);
        }
    }

    private void add(T item, long bytes) {
        items.add(item);
        itemBytes += bytes;
        if (items.size() == BATCH_ITEMS || itemBytes >= BATCH_BYTES) {
            put(new Batch<>(items, false, null, null));
            items = new ArrayList<>(BATCH_ITEMS);
            itemBytes = 0;
        }
    }

    private void put(Batch<T, R> batch) {
        try {
            batches.put(batch);
        } catch (InterruptedException e) {
            throw new CancellationException();
        }
    }

    private R consume(Consumer<T> consumer) throws IOException, InterruptedException {
        Batch<T, R> batch;
        do {
            batch = batches.take();
            batch.items().forEach(consumer);
        } while (!batch.last());
        Throwable failure = batch.failure();
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
        return batch.result();
    }
}
