package io.quorate.coordinator.log;

import static io.quorate.coordinator.log.LogFixture.SMALL;
import static io.quorate.coordinator.log.LogFixture.content;
import static io.quorate.coordinator.log.LogFixture.replayed;
import static io.quorate.coordinator.log.LogFixture.zxids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogAgentTest {

    private static final int ENTRY_BYTES_MAX = 32 << 10;

    @TempDir
    private Path directory;

    private final LogQueue queue = new LogQueue(256 << 10, ENTRY_BYTES_MAX);
    private final RecordingListener listener = new RecordingListener();

    private LogAgent agent() {
        return new LogAgent(LogFixture.open(directory, SMALL), epochs(), queue, listener, SMALL.batchBytesMax());
    }

    private EpochFiles epochs() {
        return new EpochFiles(directory);
    }

    private void order(long first, long last, int entryBytes) {
        for (long zxid = first; zxid <= last; zxid++) {
            queue.append(zxid, new UnsafeBuffer(content(zxid, entryBytes)), 0, entryBytes);
        }
    }

    @Test
    void everythingThatWaitsBecomesOneBatchWithOneSync() {
        LogAgent agent = agent();
        order(1, 100, 50);
        assertThat(agent.doWork()).isEqualTo(100);
        assertThat(agent.doWork()).isZero();
        assertThat(listener.events).containsExactly("flushed 100");
        assertThat(agent.counters().syncs()).isEqualTo(1);
        assertThat(agent.counters().entries()).isEqualTo(100);
        assertThat(agent.counters().maxBatchEntries()).isEqualTo(100);
        agent.onClose();
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(replayed(log, 0)).isEqualTo(zxids(1, 100));
        }
    }

    @Test
    void whatDoesNotFitInOneBatchFollowsInTheNext() {
        LogAgent agent = agent();
        order(1, 4, 20 << 10);
        while (agent.doWork() > 0) {}
        assertThat(listener.events).containsExactly("flushed 2", "flushed 4");
        agent.onClose();
    }

    /** An entry behind another order once stayed where it was until something else happened. */
    @Test
    void workingOffLeavesNothingBehindAnOrderThatIsNoEntry() {
        LogAgent agent = agent();
        queue.roll();
        order(1, 1, 10);
        agent.workOff();
        assertThat(listener.events).containsExactly("flushed 1");
        assertThat(queue.sizeBytes()).isZero();
        agent.onClose();
    }

    @Test
    void otherOrdersKeepTheirPlaceBetweenEntries() {
        LogAgent agent = agent();
        order(1, 9, 10);
        queue.voidAfter(5);
        order(6, 7, 10);
        queue.roll();
        order(8, 8, 10);
        queue.purgeBefore(7);
        queue.restartAt(20);
        order(21, 22, 10);
        while (agent.doWork() > 0) {}
        assertThat(listener.events)
                .containsExactly("flushed 9", "cut 5", "flushed 7", "flushed 8", "cut 20", "flushed 22");
        agent.onClose();
        try (ChronicleTxnLog log = LogFixture.open(directory, SMALL)) {
            assertThat(replayed(log, 20)).isEqualTo(zxids(21, 22));
        }
    }

    /** A leader's history is taken over before the epoch that says so (quorum protocol specification, section 5). */
    @Test
    void epochsAreStoredBehindWhatWasOrderedBefore() {
        LogAgent agent = agent();
        queue.storeAcceptedEpoch(3);
        order(1, 2, 10);
        queue.storeCurrentEpoch(3);
        order(3, 3, 10);
        agent.workOff();
        assertThat(listener.events).containsExactly("accepted epoch 3", "flushed 2", "current epoch 3", "flushed 3");
        assertThat(epochs().acceptedEpoch()).hasValue(3);
        assertThat(epochs().currentEpoch()).hasValue(3);
        agent.onClose();
    }

    @Test
    void aFullQueueHasNoRoomAndRefuses() {
        LogAgent agent = agent();
        long zxid = 0;
        while (queue.hasRoom(ENTRY_BYTES_MAX)) {
            order(++zxid, zxid, ENTRY_BYTES_MAX);
        }
        assertThat(zxid).isGreaterThanOrEqualTo(4);
        queue.voidAfter(zxid - 1);
        queue.storeCurrentEpoch(1);
        queue.roll();
        assertThatIllegalStateException().isThrownBy(() -> order(90, 99, ENTRY_BYTES_MAX));
        while (agent.doWork() > 0) {}
        assertThat(queue.hasRoom(ENTRY_BYTES_MAX)).isTrue();
        assertThat(queue.hasRoom(1 << 20)).isFalse();
        agent.onClose();
    }

    @Test
    void inAThreadOfItsOwnItSleepsUntilAnOrderComes() {
        try (AgentRunner runner =
                new AgentRunner(new LogIdle(queue), error -> listener.onLogFailed(error), null, agent())) {
            AgentRunner.startOnThread(runner);
            for (long zxid = 1; zxid <= 2000; zxid++) {
                if (!queue.hasRoom(30)) {
                    await().until(() -> queue.hasRoom(30));
                }
                order(zxid, zxid, 30);
                if (zxid % 100 == 0) {
                    long expected = zxid;
                    await().pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> listener.flushed() == expected);
                }
            }
        }
        assertThat(listener.events).last().isEqualTo("flushed 2000");
    }
}
