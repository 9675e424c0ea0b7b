package io.quorate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Owns one run of a load: all connections on one selector, on the thread that calls {@link #run}. */
final class Driver implements AutoCloseable {

    private static final long SELECT_MILLIS = 100;
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final Target target;
    private final Span span;
    private final Selector selector;
    private final List<Link> links = new ArrayList<>();
    private final Deque<Link> turns = new ArrayDeque<>();
    private final Meter meter = new Meter();
    private long budget;
    private long inFlight;
    private long lastReplyNanos;
    private double nanosPerRequest;
    private long pacedNanos;
    private long paced;

    private Driver(Target target, Span span) throws IOException {
        this.target = target;
        this.span = span;
        this.selector = Selector.open();
        this.budget = span.operationsMax();
    }

    /** Opens the row's connections, runs its load for the span, waits for the last replies and closes the sessions. */
    static Sample run(Target target, Workload workload, Span span) throws IOException {
        try (Driver driver = new Driver(target, span)) {
            driver.open(workload);
            return driver.drive(workload.operationsPerRequest());
        }
    }

    private void open(Workload workload) throws IOException {
        nanosPerRequest = workload.requestsPerSecond() == 0 ? 0 : 1e9 / workload.requestsPerSecond();
        try (Session session = Session.open(target.address())) {
            workload.prepare(session);
            session.end();
        }
        for (int i = 0; i < workload.connections(); i++) {
            Session session = target.open(i, workload.folder());
            Link link = new Link(session.channel(), workload.requests(i), workload.window());
            links.add(link);
            turns.add(link);
            link.register(selector);
        }
    }

    private Sample drive(int operationsPerRequest) throws IOException {
        long warmEnd = System.nanoTime() + span.warmupNanos();
        lastReplyNanos = System.nanoTime();
        pacedNanos = lastReplyNanos;
        for (Link link : links) {
            fill(link);
        }
        pump(warmEnd);
        long start = System.nanoTime();
        CpuUse before = target.cpu();
        meter.start(start);
        pump(start + span.measureNanos());
        CpuUse used = target.cpu().since(before);
        long end = System.nanoTime();
        long operations = meter.replies() * operationsPerRequest;
        long slowest = meter.slowestSecond(end) * operationsPerRequest;
        Sample sample = Sample.of(meter, operations, end - start, used);
        budget = 0;
        pump(Long.MAX_VALUE);
        return sample.with(Metric.SLOWEST_SECOND, slowest * 100.0 * (end - start) / 1e9 / operations);
    }

    /** Sends and receives until the time has come, or until the budget is spent and every reply is there. */
    private void pump(long untilNanos) throws IOException {
        long now = System.nanoTime();
        while (now < untilNanos && (budget > 0 || inFlight > 0)) {
            try {
                selector.select(this::onReady, isPaced() ? 1 : SELECT_MILLIS);
                sendDue();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            now = System.nanoTime();
            if (now - lastReplyNanos > SILENCE_NANOS_MAX) {
                throw new IOException("no reply for " + TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS_MAX) + " s");
            }
        }
    }

    private void onReady(SelectionKey key) {
        Link link = (Link) key.attachment();
        try {
            int replies = link.receive(meter);
            if (replies > 0) {
                inFlight -= replies;
                lastReplyNanos = System.nanoTime();
            }
            fill(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isPaced() {
        return nanosPerRequest > 0;
    }

    private void fill(Link link) throws IOException {
        int added = link.send(isPaced() ? 0 : budget);
        budget -= added;
        inFlight += added;
    }

    /** With a fixed rate: sends what is due, in turn. A request that is late counts from when it was due. */
    private void sendDue() throws IOException {
        long now = System.nanoTime();
        int full = 0;
        while (isPaced() && budget > 0 && full < links.size()) {
            long due = pacedNanos + (long) (paced * nanosPerRequest);
            if (due > now) {
                return;
            }
            Link link = turns.poll();
            turns.add(link);
            int added = link.send(1, due);
            budget -= added;
            inFlight += added;
            paced += added;
            full = added == 0 ? full + 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (Link link : links) {
            link.close();
        }
        selector.close();
    }
}
