package io.quorate.wire.client;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;

/**
 * Drives the {@link Connection} of one client: an event loop, its own or a shared one, that keeps the time, takes calls from any thread, and
 * carries out orders. It decides nothing. What is not marked otherwise belongs to the event loop.
 */
final class NettyTransport implements ConnectionOut {
    private static final long CLOSE_GRACE_MILLIS = 1_000;

    private final long originNanos = System.nanoTime() - 1;
    private final SessionListener listener;
    private final Duration closeTimeout;
    private final Connection connection;
    private final Callbacks callbacks;
    private final Admission admission;
    private final ClientTraffic traffic;
    private final NettyLoops loops;
    private final EventLoop loop;
    private final NettySocket socket;
    private final Queue<Call<?>> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CompletableFuture<Session> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Future<?> timer;
    private long timerNanos = Long.MAX_VALUE;
    private int watches;
    private boolean hasLeft;

    private volatile int lossesTold;
    private volatile Session session;
    private volatile boolean isConnected;
    private volatile long sessionTimeoutNanos;
    private volatile long sessionDeadlineNanos;
    private volatile SessionEvent end;

    NettyTransport(ClientSettings settings) {
        listener = settings.listener();
        closeTimeout = settings.closeTimeout();
        connection = new Connection(settings, new Random(), this);
        sessionTimeoutNanos = connection.sessionTimeoutNanos();
        admission = new Admission(settings.outstandingMax());
        callbacks = new Callbacks(settings.callbacks(), "quorate-client-callbacks", this::onCallbackRoom);
        traffic = settings.traffic();
        loops = settings.eventLoops() == null ? NettyLoops.ofOneClient() : settings.eventLoops();
        loop = loops.enter(this);
        socket = new NettySocket(loop, loops.names(), settings.replyBytesMax(), this);
    }

    /** Any thread, once. */
    void start() {
        loop.execute(() -> on(() -> connection.start(nowNanos())));
    }

    /** Any thread. */
    void submit(Call<?> call) {
        if (!admission.tryEnter()) {
            call.fail(new CoordinatorException.TooManyRequests(call.path(), admission.max()));
            call.finish();
            return;
        }
        traffic.onRequest();
        call.submitted(lossesTold, nowNanos());
        submitted.add(call);
        if (!draining.get() && draining.compareAndSet(false, true)) {
            try {
                loop.execute(() -> on(this::takeSubmitted));
            } catch (RejectedExecutionException e) {
                failSubmitted();
            }
        }
    }

    private void takeSubmitted() {
        draining.set(false);
        for (Call<?> call = submitted.poll(); call != null; call = submitted.poll()) {
            connection.submit(call, nowNanos());
        }
    }

    /** The event loop is no more, so this is the caller's thread. */
    private void failSubmitted() {
        draining.set(false);
        for (Call<?> call = submitted.poll(); call != null; call = submitted.poll()) {
            call.fail(Connection.failure(end, call.path(), call.isSent()));
            finish(call);
        }
    }

    /** Any thread. */
    CompletableFuture<Session> whenConnected() {
        return connected.copy();
    }

    /** Any thread. */
    CompletableFuture<Void> whenReady() {
        return admission.whenReady();
    }

    /** Any thread. */
    Session session() {
        return session;
    }

    /** Any thread. */
    boolean isDecided() {
        return session != null || end != null;
    }

    /** Any thread. */
    boolean isConnected() {
        return isConnected;
    }

    /** Any thread. */
    Duration sessionTimeout() {
        return Duration.ofNanos(sessionTimeoutNanos);
    }

    /** Any thread. */
    long sessionDeadline() {
        return originNanos + sessionDeadlineNanos;
    }

    /** Any thread. */
    CompletableFuture<Void> close() {
        return order(() -> connection.close(nowNanos()));
    }

    /** Any thread. */
    CompletableFuture<Void> abandon() {
        return order(connection::abandon);
    }

    private CompletableFuture<Void> order(Runnable order) {
        try {
            loop.execute(() -> on(() -> {
                takeSubmitted();
                order.run();
            }));
        } catch (RejectedExecutionException e) {
            assert end != null : "the event loop ends with the connection only";
        }
        return ended.copy();
    }

    /** Any thread: waits for the end of closing, but not for callbacks that do not come to an end. */
    void awaitClosed(CompletableFuture<Void> closed) {
        try {
            closed.get(closeTimeout.toMillis() + CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // A callback takes its time; what was to be told will still be told.
            return;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Any thread. */
    boolean isCallbackThread() {
        return callbacks.isRunningHere() || loop.inEventLoop();
    }

    private long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    void onResolved(int addresses) {
        on(() -> connection.onResolved(addresses, nowNanos()));
    }

    void onConnected() {
        on(() -> connection.onConnected(nowNanos()));
    }

    void onDisconnected(String reason) {
        on(() -> connection.onDisconnected(reason, nowNanos()));
    }

    void onMalformed(String reason) {
        on(() -> connection.onMalformed(reason, nowNanos()));
    }

    /** {@link #onFramesEnd()} follows when no more has come. */
    void onFrame(DirectBuffer buffer, int offset, int length) {
        try {
            connection.onFrame(buffer, offset, length, nowNanos());
        } catch (RuntimeException | AssertionError e) {
            onDefect(e);
        }
    }

    void onFramesEnd() {
        afterEvent();
    }

    private void onTimer() {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        connection.onDeadline(nowNanos());
    }

    private void on(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | AssertionError e) {
            onDefect(e);
        }
        afterEvent();
    }

    /** We are wrong: nothing this connection believes can be relied on. */
    private void onDefect(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
        connection.abandon();
    }

    /** Sends and tells what the event has led to, and sets the alarm for the next deadline. */
    private void afterEvent() {
        socket.flush();
        publish();
        if (connection.end() != null && !hasLeft) {
            callbacks.add(this::tellEnd);
        }
        callbacks.flush();
        if (callbacks.isFull() && connection.isConnected()) {
            socket.pauseReading();
            connection.onReadingPaused();
        }
        if (connection.end() == null) {
            setTimer(connection.deadlineNanos());
        } else if (!hasLeft) {
            hasLeft = true;
            cancelTimer();
            callbacks.end();
            loops.leave(this);
        }
    }

    private void publish() {
        isConnected = connection.isConnected();
        sessionTimeoutNanos = connection.sessionTimeoutNanos();
        sessionDeadlineNanos = connection.sessionDeadlineNanos();
        end = connection.end();
        int now = end == null ? connection.watches() : 0;
        if (now != watches) {
            traffic.onWatches(now - watches);
            watches = now;
        }
    }

    /** An alarm that comes too early does no harm, so it is set anew only to come earlier. */
    private void setTimer(long deadlineNanos) {
        if (deadlineNanos < timerNanos) {
            cancelTimer();
            timerNanos = deadlineNanos;
            timer = loop.schedule(() -> on(this::onTimer), deadlineNanos - nowNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** The callback executor's. */
    private void onCallbackRoom() {
        try {
            loop.execute(() -> on(() -> {
                connection.onReadingResumed(nowNanos());
                socket.resumeReading();
            }));
        } catch (RejectedExecutionException e) {
            assert end != null : "the event loop ends with the connection only";
        }
    }

    @Override
    public void connect(HostPort host) {
        socket.connect(host);
    }

    @Override
    public void send(Frame frame) {
        socket.send(frame);
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }

    @Override
    public void settled(Call<?> call) {
        callbacks.add(() -> finish(call));
    }

    private void finish(Call<?> call) {
        admission.leave();
        call.finish();
    }

    @Override
    public void watched(Notice notice) {
        traffic.onEvent();
        for (Watcher watcher : notice.watchers()) {
            callbacks.add(() -> watcher.onEvent(notice.event()));
        }
    }

    @Override
    public void session(SessionEvent event, String reason) {
        if (event == SessionEvent.CONNECTED || event == SessionEvent.CONNECTED_READ_ONLY) {
            Session confirmed = connection.session();
            session = confirmed;
            socket.onAccepted();
            callbacks.add(() -> connected.complete(confirmed));
        }
        callbacks.add(() -> tell(event, reason));
    }

    /** The callback executor's, or the event loop's if that refuses it. */
    private void tellEnd() {
        connected.completeExceptionally(Connection.failure(end, null, false));
        ended.complete(null);
    }

    /** The callback executor's. */
    private void tell(SessionEvent event, String reason) {
        if (event == SessionEvent.DISCONNECTED) {
            lossesTold++;
        }
        listener.onSessionEvent(event, reason);
    }
}
