package io.quorate.coordinator.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place to die: keeps the first cause, says it once, leaves the last events in a file, and wakes whoever waits for the
 * end. Any thread.
 */
public final class FatalHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FatalHandler.class);

    private final FlightRecorder recorder;
    private final Path file;
    private final AtomicReference<Throwable> cause = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param file where the last events go; one file is enough, for the same cause tends to come back */
    public FatalHandler(FlightRecorder recorder, Path file) {
        this.recorder = recorder;
        this.file = file;
    }

    /** Something happened after which this process must not go on. */
    public void die(Throwable reason) {
        if (cause.compareAndSet(null, reason)) {
            LOG.error("the server cannot go on and stops; start it again once the cause is mended", reason);
            dump(reason);
            ended.countDown();
        }
    }

    /** The disk may be the very reason, so that this fails is no more than another line. */
    private void dump(Throwable reason) {
        try {
            recorder.dump(file, reason);
            LOG.error("the last events before it are in {}", file);
        } catch (IOException | RuntimeException e) {
            LOG.error("the last events before it could not be written to {}: {}", file, e.toString());
        }
    }

    /** The server is to end in good order. */
    public void end() {
        ended.countDown();
    }

    /** True once the end has come, be it good or not. */
    public boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** Waits until the end has come. Returns what it was, null for an end in good order. */
    public Throwable await() throws InterruptedException {
        ended.await();
        return cause.get();
    }
}
