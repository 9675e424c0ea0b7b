package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.append;
import static io.quorate.coordinator.log.LogFixture.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No flush is reported before the bytes of its transactions were handed to {@code msync}, and the call had succeeded. */
final class DurabilityTest {

    private static final LogSettings UNSYNCED = new LogSettings(
            SMALL.segmentBytes(), SMALL.reserveBytes(), SMALL.budgetBytes(), false, SMALL.spaceCheckMillis());

    /** What happened, in order: a range of a file was synced, or (with no file) a zxid was acknowledged. */
    private record Step(Path file, long from, long to, long acknowledged) {}

    /** Where a batch lies. */
    private record Place(Path file, long from, long to, long lastZxid) {}

    @TempDir
    private Path directory;

    @Test
    void everyAcknowledgementIsPrecededByTheSyncOfItsBytes() throws IOException {
        List<Step> steps = run(SMALL);
        assertThat(steps).extracting(Step::acknowledged).contains(3000L);
        assertThat(firstUnsyncedAcknowledgement(steps, places())).isEqualTo(-1);
    }

    @Test
    void theCheckFailsWhenSyncDoesNothing() throws IOException {
        List<Step> steps = run(UNSYNCED);
        assertThat(steps).extracting(Step::acknowledged).contains(3000L);
        assertThat(firstUnsyncedAcknowledgement(steps, places())).isPositive();
    }

    private List<Step> run(LogSettings settings) {
        List<Step> steps = new ArrayList<>();
        LogQueue queue = new LogQueue(1 << 16, 2048);
        LogListener listener = new RecordingListener() {
            @Override
            public void onLogFlushed(long lastZxid) {
                steps.add(new Step(null, 0, 0, lastZxid));
            }
        };
        ChronicleSettings.apply();
        try (MsyncProbe probe = new MsyncProbe((file, from, to) -> steps.add(new Step(file, from, to, 0)))) {
            probe.fail(0);
            LogAgent agent = new LogAgent(
                    LogFixture.open(directory, settings),
                    new EpochFiles(directory),
                    queue,
                    listener,
                    settings.batchBytesMax());
            for (long zxid = 1; zxid <= 3000; zxid++) {
                int bytes = (int) (zxid * 31 % 997);
                queue.append(zxid, new UnsafeBuffer(content(zxid, bytes)), 0, bytes);
                if (zxid % 7 == 0 || zxid == 3000) {
                    agent.doWork();
                }
            }
            List<Step> seen = List.copyOf(steps);
            agent.onClose();
            return seen;
        }
    }

    private List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        for (SegmentFile segment : SegmentFile.list(directory)) {
            try (SegmentReader reader = new SegmentReader(segment.file())) {
                long from = 0;
                for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                    if (record.kind() == LogRecord.BATCH) {
                        places.add(new Place(segment.file(), from, reader.position(), record.lastZxid()));
                    }
                    from = reader.position();
                }
            }
        }
        return places;
    }

    /** The zxid of the first step that acknowledges what was not synced before, -1 if there is none. */
    private static long firstUnsyncedAcknowledgement(List<Step> steps, List<Place> places) {
        for (int i = 0; i < steps.size(); i++) {
            long acknowledged = steps.get(i).acknowledged();
            List<Step> before = steps.subList(0, i);
            for (Place place : places) {
                if (place.lastZxid() <= acknowledged
                        && place.lastZxid() > acknowledged - 7
                        && !isSynced(place, before)) {
                    return acknowledged;
                }
            }
        }
        return -1;
    }

    /** Only the last few syncs can be those of the place, and all of it must have been in one of them. */
    private static boolean isSynced(Place place, List<Step> steps) {
        return steps.stream()
                .anyMatch(step ->
                        place.file().equals(step.file()) && step.from() <= place.from() && step.to() >= place.to());
    }

    @Test
    void aFailedSyncIsReportedOnceAndNeverRetried() {
        LogQueue queue = new LogQueue(1 << 16, 2048);
        RecordingListener listener = new RecordingListener();
        ChronicleSettings.apply();
        List<Path> synced = new ArrayList<>();
        try (MsyncProbe probe = new MsyncProbe((file, from, to) -> synced.add(file))) {
            TxnLog log = LogFixture.open(directory, SMALL);
            LogAgent agent = new LogAgent(log, new EpochFiles(directory), queue, listener, SMALL.batchBytesMax());
            queue.append(1, new UnsafeBuffer(new byte[10]), 0, 10);
            agent.doWork();
            int before = synced.size();
            probe.fail(1);
            queue.append(2, new UnsafeBuffer(new byte[10]), 0, 10);
            agent.doWork();
            queue.append(3, new UnsafeBuffer(new byte[10]), 0, 10);
            assertThat(agent.doWork()).isZero();
            assertThat(listener.events).hasSize(2).first().isEqualTo("flushed 1");
            assertThat(listener.events.get(1)).startsWith("failed sync of ");
            assertThat(synced).hasSize(before);
            assertThatThrownBy(() -> append(log, 9, 9)).isInstanceOf(LogException.class);
            assertThatThrownBy(log::sync).isInstanceOf(LogException.class);
            agent.onClose();
        }
    }
}
