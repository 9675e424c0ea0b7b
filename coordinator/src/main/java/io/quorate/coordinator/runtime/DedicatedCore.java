package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Event;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * The core on a thread of its own, for machines with processors to spare: event loops put requests into a bounded ring, and
 * what must never be refused, such as flushes and the ends of connections, into one beside it that is looked at first. What
 * comes from other members has rings of its own.
 */
public final class DedicatedCore implements CoreLoop, AutoCloseable {

    private static final int REQUESTS_MAX = 64 * 1024;
    private static final int CONTROL_SEGMENT = 1024;
    private static final int BATCH_MAX = 2048;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long PARK_MILLIS_MAX = 500;
    private static final long END_WAIT_MILLIS = 10_000;

    private final Core core;
    private final FlightRecorder recorder;
    private final Consumer<Throwable> fatal;
    private long wallMillis;
    private final MpscArrayQueue<Event> requests = new MpscArrayQueue<>(REQUESTS_MAX);
    private final MpscUnboundedArrayQueue<Runnable> control = new MpscUnboundedArrayQueue<>(CONTROL_SEGMENT);
    private final NotificationQueue notifications = new NotificationQueue();
    private final LinkEvents links = new LinkEvents();
    private final AtomicBoolean linkRefused = new AtomicBoolean();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "quorate-core");
    private Duties duties;

    public DedicatedCore(Core core, FlightRecorder recorder, Consumer<Throwable> fatal) {
        this.core = core;
        this.recorder = recorder;
        this.fatal = fatal;
    }

    @Override
    public void start(Duties wanted) {
        duties = wanted;
        thread.start();
    }

    @Override
    public boolean offer(Event event) {
        if (event instanceof Event.PeerNotified) {
            notifications.offer(event);
            wake();
            return true;
        }
        if (LinkEvents.isOne(event)) {
            return offerOfLink(event);
        }
        boolean mayBeRefused = event instanceof Event.ClientRequests
                || event instanceof Event.ClientConnects
                || event instanceof Event.ClientProved
                || event instanceof Event.ClientRefused
                || event instanceof Event.ClientAsksSasl;
        if (!mayBeRefused) {
            execute(() -> deliver(event));
            return true;
        }
        if (!requests.offer(event)) {
            refused.set(true);
            wake();
            return false;
        }
        wake();
        return true;
    }

    private boolean offerOfLink(Event event) {
        boolean taken = links.offer(event);
        if (!taken) {
            linkRefused.set(true);
        }
        wake();
        return taken;
    }

    @Override
    public void execute(Runnable action) {
        boolean taken = control.offer(action);
        assert taken;
        wake();
    }

    private void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            tellTime();
            core.start();
            while (!ending.get()) {
                int done = batch();
                duties.flush().run();
                duties.log().run();
                tellTime();
                long next = core.tick();
                // What time has asked for, an expiry or a roll of the log, must not wait for the next event.
                duties.log().run();
                duties.flush().run();
                if (core.hasLogRoom() && linkRefused.compareAndSet(true, false)) {
                    duties.resumeLinks().run();
                }
                if (!core.isFull() && refused.compareAndSet(true, false)) {
                    duties.resume().run();
                }
                if (done == 0) {
                    sleepUntil(next);
                }
            }
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    private int batch() {
        tellTime();
        int done = 0;
        for (Runnable action = control.poll(); action != null; action = control.poll()) {
            action.run();
            done++;
        }
        for (Event event = notifications.poll(); event != null; event = notifications.poll()) {
            deliver(event);
            done++;
        }
        done += linkEvents();
        while (done < BATCH_MAX && !core.isFull()) {
            Event event = requests.poll();
            if (event == null) {
                return done;
            }
            deliver(event);
            done++;
        }
        return done;
    }

    private int linkEvents() {
        int done = 0;
        while (done < BATCH_MAX && core.hasLogRoom()) {
            Event event = links.poll();
            if (event == null) {
                return done;
            }
            deliver(event);
            done++;
        }
        return done;
    }

    private void sleepUntil(long nextMillis) {
        long millis = Math.min(PARK_MILLIS_MAX, nextMillis - System.nanoTime() / NANOS_PER_MILLI);
        if (millis <= 0) {
            return;
        }
        sleeping.set(true);
        boolean requestsWait = !requests.isEmpty() && !core.isFull();
        boolean linksWait = (!links.isEmpty() || linkRefused.get()) && core.hasLogRoom();
        if (control.isEmpty() && notifications.isEmpty() && !linksWait && !requestsWait) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        sleeping.set(false);
    }

    private void deliver(Event event) {
        recorder.note(wallMillis, event);
        event.deliver(core);
    }

    private void tellTime() {
        wallMillis = System.currentTimeMillis();
        core.at(System.nanoTime() / NANOS_PER_MILLI, wallMillis);
    }

    /** Ends the thread after the batch at hand. */
    @Override
    public void close() {
        ending.set(true);
        LockSupport.unpark(thread);
        try {
            thread.join(END_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
