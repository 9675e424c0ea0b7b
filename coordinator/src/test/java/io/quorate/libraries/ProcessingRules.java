package io.quorate.libraries;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.libraries.RecordLog.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * G3 of consumer-groups F1, from what hosts wrote down: the times in which two of them process a partition do not overlap, none
 * processes what the servers do not say is its own, and each begins where the one before it had committed.
 */
final class ProcessingRules {
    /** By what the clock of a server, cut to milliseconds, may differ from that of a host on the same machine. */
    private static final long SLACK_MILLIS = 100;

    /** One fault leads to many. */
    private static final int COMPLAINTS_MAX = 20;

    private record Seat(String host, TopicPartition partition) {}

    /** What one host did with a partition between two orders. */
    private static final class Stint {
        private final Seat seat;
        private final long assigned;
        private long firstNanos;
        private long lastNanos;
        private long records;

        Stint(Seat seat, long assigned) {
            this.seat = seat;
            this.assigned = assigned;
        }

        void process(long nanos) {
            firstNanos = records == 0 ? nanos : firstNanos;
            lastNanos = nanos;
            records++;
        }

        @Override
        public String toString() {
            return seat.host + " processed " + records + " records of " + seat.partition + " from offset " + assigned
                    + ", from " + firstNanos + " to " + lastNanos + " ns";
        }
    }

    private final String group;
    private final Map<Seat, Stint> present = new HashMap<>();
    private final Map<TopicPartition, List<Stint>> stints = new TreeMap<>();
    private final Map<Ownership, Stint> begun = new HashMap<>();
    private final Map<TopicPartition, Line> latest = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long records;

    ProcessingRules(String group) {
        this.group = group;
    }

    /**
     * Looks at more lines: those of one host in the order in which it wrote them.
     *
     * @param ownerships of the group, so far
     * @param epochNanos {@link System#nanoTime} at the beginning of 1970
     */
    void check(List<Line> lines, List<Ownership> ownerships, long epochNanos) {
        Map<Seat, List<Ownership>> own = new HashMap<>();
        ownerships.forEach(
                each -> own.computeIfAbsent(new Seat(each.host(), each.partition()), none -> new ArrayList<>())
                        .add(each));
        for (Line line : lines) {
            if (line.group().equals(group)) {
                Seat seat = new Seat(line.host(), line.partition());
                check(seat, line, own.getOrDefault(seat, List.of()), epochNanos);
            }
        }
        stints.values().forEach(this::overlaps);
    }

    private void check(Seat seat, Line line, List<Ownership> own, long epochNanos) {
        switch (line.kind()) {
            case ASSIGNED -> present.put(seat, new Stint(seat, line.offset()));
            case MOVED -> complaints.add("D8: " + line + ", and nobody has moved an offset");
            case REVOKED, LOST -> present.remove(seat);
            case ENDED -> complaints.add("G10: " + line.host() + " is no member any more, and was not asked to leave");
            case RECORD -> record(seat, line, own, TimeUnit.NANOSECONDS.toMillis(line.nanos() - epochNanos));
        }
    }

    private void record(Seat seat, Line line, List<Ownership> own, long millis) {
        records++;
        Stint stint = present.get(seat);
        if (stint == null) {
            complaints.add("G3: " + line.host() + " processes " + line.partition() + " without having been given it");
            return;
        }
        if (stint.records == 0) {
            stints.computeIfAbsent(line.partition(), none -> new ArrayList<>()).add(stint);
        }
        stint.process(line.nanos());
        Line before = latest.get(line.partition());
        if (before == null || before.nanos() < line.nanos()) {
            latest.put(line.partition(), line);
        }
        List<Ownership> lasting =
                own.stream().filter(each -> each.includes(millis, SLACK_MILLIS)).toList();
        if (lasting.isEmpty()) {
            complaints.add("G3: " + line + " at " + millis + " ms, when it was not its own: " + own);
        } else if (stint.records == 1 && !isStart(lasting, stint)) {
            complaints.add("handing over: " + stint + ", which is not where the one before had committed: " + lasting);
        }
    }

    /** Of two that follow each other closely it begins the second, though it would be right for the first as well. */
    private boolean isStart(List<Ownership> lasting, Stint stint) {
        List<Ownership> right =
                lasting.stream().filter(each -> isStart(each, stint)).toList();
        return !right.isEmpty();
    }

    /** A host that was cut off for a while, but not out, goes on from what it had committed itself. */
    private boolean isStart(Ownership ownership, Stint stint) {
        boolean isFirst = begun.putIfAbsent(ownership, stint) == null
                || begun.get(ownership).equals(stint);
        return isFirst ? ownership.offset() == stint.assigned : ownership.offset() <= stint.assigned;
    }

    /** Neighbours in time must not be at work at the same time, unless they are the same. */
    private void overlaps(List<Stint> all) {
        all.sort(Comparator.comparingLong(stint -> stint.firstNanos));
        for (int i = 1; i < all.size(); i++) {
            Stint before = all.get(i - 1);
            Stint after = all.get(i);
            if (!before.seat.host.equals(after.seat.host) && before.lastNanos >= after.firstNanos) {
                complaints.add("G3: two at a time: " + before + "; " + after);
            }
        }
    }

    /** The first that is wrong; empty if nothing is. */
    List<String> complaints() {
        return complaints.stream().distinct().limit(COMPLAINTS_MAX).toList();
    }

    /** Who processed the last record of a partition that is known of; null for nobody. */
    Line latest(TopicPartition partition) {
        return latest.get(partition);
    }

    long records() {
        return records;
    }
}
