package io.quorate.bench;

import java.io.IOException;

/**
 * Owns the row "sessions opened one after another": TCP connection and connect exchange are timed, closing is not, so
 * that neither sessions nor ports pile up.
 */
final class SessionLoad {

    private SessionLoad() {}

    /** Opens and closes sessions for the span; an operation is one session opened. */
    static Sample run(Target target, Span span) throws IOException {
        Meter meter = new Meter();
        int opened = 0;
        long warmEnd = System.nanoTime() + span.warmupNanos();
        while (System.nanoTime() < warmEnd) {
            open(target, opened++, meter);
        }
        long start = System.nanoTime();
        meter.start(start);
        CpuUse before = target.cpu();
        long nanos = 0;
        while (System.nanoTime() < start + span.measureNanos() && meter.replies() < span.operationsMax()) {
            nanos += open(target, opened++, meter);
        }
        return Sample.of(meter, meter.replies(), nanos, target.cpu().since(before));
    }

    private static long open(Target target, int connection, Meter meter) throws IOException {
        long start = System.nanoTime();
        try (Session session = Session.open(target.address(connection))) {
            long now = System.nanoTime();
            meter.latency(now - start, 1);
            meter.count(now, 1);
            session.end();
            return now - start;
        }
    }
}
