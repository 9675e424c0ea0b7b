package io.quorate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Owns the row of the big tree: memory per znode after creating many, time from kill -9 to serving again, and how far
 * the rate of a setData load sinks while the server takes snapshots of that tree and rolls its log.
 */
final class TreeLoad {

    static final int CONNECTIONS = 16;
    private static final int WINDOW = 64;
    private static final int WARM_UP_SHARE = 20;
    private static final int INTERVAL_FACTOR = 4;

    private TreeLoad() {}

    /** Needs a server of its own, started by the driver. Operations and rate are those of the setData load. */
    static Sample measure(Subject subject, Plan plan) throws IOException {
        if (!(subject instanceof Server server) || !server.isOwn()) {
            throw new IllegalArgumentException("this row needs one server that the driver may kill");
        }
        create(server, "/warm", plan.znodes() / WARM_UP_SHARE);
        long heapBefore = server.target().liveHeapBytes();
        long residentBefore = server.target().residentBytes();
        create(server, "/tree", plan.znodes());
        double resident = server.target().residentBytes() - residentBefore;
        double heap = server.target().liveHeapBytes() - heapBefore;
        double recoveryNanos = server.killAndRestart();
        long filesBefore = files(server.folder());
        Workload sets = new Workload(Workload.Kind.SET, CONNECTIONS, WINDOW, "/tree");
        Span span = plan.span();
        Span longer = new Span(span.warmupNanos(), span.measureNanos() * INTERVAL_FACTOR, span.operationsMax());
        return Driver.run(server.target(), sets, longer)
                .with(Metric.NEW_FILES, files(server.folder()) - filesBefore)
                .with(Metric.LIVE_HEAP, heap / plan.znodes())
                .with(Metric.RESIDENT, resident / plan.znodes())
                .with(Metric.RECOVERY, recoveryNanos / TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static void create(Server server, String folder, int count) throws IOException {
        Workload creates = new Workload(Workload.Kind.CREATE, CONNECTIONS, WINDOW, folder);
        Driver.run(server.target(), creates, Span.operations(count));
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
