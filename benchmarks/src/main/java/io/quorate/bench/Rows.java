package io.quorate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of all rows, in the order of a report. */
final class Rows {

    /** The rate at which the latency of commits is judged (consumer-groups F3). */
    static final int OFFSETS_PER_SECOND = 20_000;

    private static final int OFFSET_CONNECTIONS = 64;
    private static final int OFFSET_WINDOW = 4;

    static final List<Row> ALL = List.of(
            pipelined("set64", Workload.Kind.SET, 16, 64),
            pipelined("get64", Workload.Kind.GET, 16, 64),
            pipelined("create64", Workload.Kind.CREATE, 16, 64),
            pipelined("mix16", Workload.Kind.MIX, 16, 16),
            pipelined("set16", Workload.Kind.SET, 16, 1),
            pipelined("get16", Workload.Kind.GET, 16, 1),
            pipelined("set10", Workload.Kind.SET, 10, 1),
            pipelined("get10", Workload.Kind.GET, 10, 1),
            pipelined("set2", Workload.Kind.SET, 2, 1),
            pipelined("get2", Workload.Kind.GET, 2, 1),
            pipelined("set1", Workload.Kind.SET, 1, 1),
            pipelined("get1", Workload.Kind.GET, 1, 1),
            pipelined("commits", Workload.Kind.COMMIT, 4, 8),
            pipelined("offsets", Workload.Kind.OFFSETS, OFFSET_CONNECTIONS, OFFSET_WINDOW),
            paced("offsets20k", OFFSETS_PER_SECOND),
            watchers("watch", 1_000),
            new Row(
                    "sessions",
                    "sessions opened one after another",
                    false,
                    true,
                    (subject, plan) -> SessionLoad.run(subject.target(), plan.span())),
            new Row(
                    "tree",
                    "big tree: memory, recovery, setData 16 × 64 with snapshots",
                    true,
                    false,
                    TreeLoad::measure));

    private static final Map<String, Row> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Row::name, Function.identity()));

    private Rows() {}

    /** The rows of these names, or all. Fails on a name that there is not. */
    static List<Row> named(List<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            Row row = BY_NAME.get(name);
            if (row == null) {
                throw new IllegalArgumentException("no row " + name);
            }
            rows.add(row);
        }
        return rows;
    }

    /** One set to {@code count} watchers. */
    static Row watchers(String name, int count) {
        String title = "one set to " + count + " watchers (events)";
        return new Row(
                name, title, false, false, (subject, plan) -> WatchLoad.run(subject.target(), count, plan.span()));
    }

    /** As many operations per second, however fast the server is. */
    private static Row paced(String name, int operationsPerSecond) {
        String title = Workload.Kind.OFFSETS.title() + ", " + operationsPerSecond + " offsets/s";
        return new Row(
                name,
                title,
                false,
                true,
                (subject, plan) -> Driver.run(subject.target(), offsets(operationsPerSecond), plan.span()));
    }

    /** Commits by members of groups; 0 for as many as can be. */
    static Workload offsets(int perSecond) {
        int requests = perSecond / Workload.OFFSETS_PER_COMMIT;
        return new Workload(Workload.Kind.OFFSETS, OFFSET_CONNECTIONS, OFFSET_WINDOW, folder("offsets"), requests);
    }

    private static String folder(String name) {
        return "/" + name + "-" + Long.toString(System.nanoTime(), 36);
    }

    private static Row pipelined(String name, Workload.Kind kind, int connections, int window) {
        String title = kind.title() + ", " + connections + " × " + window;
        boolean grows = kind == Workload.Kind.CREATE;
        return new Row(name, title, grows, true, (subject, plan) -> {
            return Driver.run(subject.target(), new Workload(kind, connections, window, folder(name)), plan.span());
        });
    }
}
