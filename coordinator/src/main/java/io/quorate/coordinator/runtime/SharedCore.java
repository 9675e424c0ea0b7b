package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Event;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The core on an event loop: one thread does sockets and core, as fits a machine with few processors. Events of that thread are
 * taken at once; when everything that was ready has been read, the batch is ended.
 */
public final class SharedCore implements CoreLoop {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Core core;
    private final ScheduledExecutorService loop;
    private final FlightRecorder recorder;
    private final Consumer<Throwable> fatal;
    private long wallMillis;
    private final Runnable endBatch = this::endBatch;
    private final Runnable tick = this::onTimer;
    private Duties duties;
    private Thread thread;
    private boolean batchOpen;
    private long timerMillis = Long.MAX_VALUE;
    private ScheduledFuture<?> timer;

    /** @param loop one thread that also runs the sockets */
    public SharedCore(Core core, ScheduledExecutorService loop, FlightRecorder recorder, Consumer<Throwable> fatal) {
        this.core = core;
        this.loop = loop;
        this.recorder = recorder;
        this.fatal = fatal;
    }

    @Override
    public void start(Duties wanted) {
        loop.execute(() -> {
            duties = wanted;
            thread = Thread.currentThread();
            tellTime();
            core.start();
            begin();
        });
    }

    @Override
    public boolean offer(Event event) {
        if (Thread.currentThread() != thread) {
            onLoop(() -> take(event));
            return true;
        }
        boolean makesWork = event instanceof Event.ClientRequests || event instanceof Event.ClientConnects;
        if (makesWork && core.isFull()) {
            return false;
        }
        boolean fromMember = event instanceof Event.LinkPacket || event instanceof Event.LinkPart;
        if (fromMember && !core.hasLogRoom()) {
            return false;
        }
        take(event);
        return true;
    }

    private void take(Event event) {
        try {
            begin();
            deliver(event);
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    @Override
    public void execute(Runnable action) {
        onLoop(() -> {
            begin();
            action.run();
        });
    }

    /** When the loop has ended nobody is left to be told anything. */
    private void onLoop(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            if (!loop.isShutdown()) {
                throw e;
            }
        }
    }

    private void begin() {
        if (!batchOpen) {
            batchOpen = true;
            tellTime();
            loop.execute(endBatch);
        }
    }

    private void deliver(Event event) {
        recorder.note(wallMillis, event);
        event.deliver(core);
    }

    private void tellTime() {
        wallMillis = System.currentTimeMillis();
        core.at(System.nanoTime() / NANOS_PER_MILLI, wallMillis);
    }

    /** Runs behind all sockets that were ready: replies that wait for nothing go first, then the log, then its replies. */
    private void endBatch() {
        if (duties == null) {
            // The log may have something to say before the core serves; nothing follows from it yet.
            batchOpen = false;
            return;
        }
        try {
            duties.flush().run();
            duties.log().run();
            tellTime();
            long next = core.tick();
            // What time has asked for, an expiry or a roll of the log, must not wait for the next event.
            duties.log().run();
            duties.flush().run();
            batchOpen = false;
            if (core.hasLogRoom()) {
                duties.resumeLinks().run();
            }
            if (!core.isFull()) {
                duties.resume().run();
            }
            arm(next);
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    private void arm(long nextMillis) {
        long now = System.nanoTime() / NANOS_PER_MILLI;
        if (nextMillis <= now) {
            begin();
        } else if (nextMillis < timerMillis) {
            if (timer != null) {
                timer.cancel(false);
            }
            timerMillis = nextMillis;
            timer = loop.schedule(tick, nextMillis - now, TimeUnit.MILLISECONDS);
        }
    }

    private void onTimer() {
        timerMillis = Long.MAX_VALUE;
        timer = null;
        begin();
    }
}
