package io.quorate.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.CoreDriver;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.log.ChronicleTxnLog;
import io.quorate.coordinator.log.EpochFiles;
import io.quorate.coordinator.log.LogAgent;
import io.quorate.coordinator.log.LogHistory;
import io.quorate.coordinator.log.LogListener;
import io.quorate.coordinator.log.LogQueue;
import io.quorate.coordinator.log.LogSettings;
import io.quorate.coordinator.snapshot.SnapshotAgent;
import io.quorate.coordinator.snapshot.SnapshotFiles;
import io.quorate.coordinator.snapshot.SnapshotQueue;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to a transaction that this server had passed, as a leader's TRUNC asks. */
final class DiskStateTest {

    private static final int NODES_OF_A_NEW_TREE = 5;
    private static final int ENTRY_BYTES_MAX = 32 << 10;
    private static final LogSettings SMALL = LogSettings.defaults()
            .withSegmentBytes(LogSettings.SEGMENT_BYTES_MIN)
            .withReserveBytes(0);

    @TempDir
    private Path folder;

    private final LogQueue queue = new LogQueue(256 << 10, ENTRY_BYTES_MAX);
    private final SnapshotQueue orders = new SnapshotQueue();
    private SnapshotFiles snapshots;
    private SnapshotAgent snapshotAgent;
    private DiskState disk;
    private LogAgent log;

    @BeforeEach
    void open() {
        snapshots = new SnapshotFiles(folder.resolve("snapshots"));
        snapshotAgent = new SnapshotAgent(
                orders, snapshots, (zxid, bytes) -> assertThat(bytes).isPositive(), 0);
        disk = new DiskState(snapshots, orders, folder.resolve("log"));
        openLog();
    }

    private void openLog() {
        log = new LogAgent(
                ChronicleTxnLog.open(history(), SMALL, 0),
                new EpochFiles(folder),
                queue,
                new Silent(),
                SMALL.batchBytesMax());
    }

    private LogHistory history() {
        return LogHistory.read(folder.resolve("log"));
    }

    @AfterEach
    void closeLog() {
        log.onClose();
    }

    /** Each transaction makes one node, which is named by it. */
    private void append(long first, long last) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        for (long zxid = first; zxid <= last; zxid++) {
            JuteWriter writer = new JuteWriter().wrap(buffer, 0);
            CreateTxn txn = new CreateTxn("/n" + zxid, new byte[0], Acl.OPEN_UNSAFE, false, (int) zxid);
            new TxnEntry(new TxnHeader(1, 1, zxid, 1, OpCode.CREATE.code()), txn, null).write(writer);
            queue.append(zxid, buffer, 0, writer.position());
        }
        log.workOff();
    }

    private Recovery empty() {
        Recovery recovery = new Core(CoreDriver.SETTINGS, queue, orders).recovery();
        recovery.reset();
        return recovery;
    }

    private void storeSnapshot() throws IOException {
        Recovery recovery = empty();
        DiskState.Restored ignored = disk.restore(history(), recovery, Long.MAX_VALUE);
        assertThat(ignored).isNotNull();
        recovery.finish();
        recovery.writeSnapshot();
    }

    private void workOffSnapshots() {
        while (snapshotAgent.doWork() > 0) {}
    }

    private List<Long> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> Long.parseLong(name.replaceAll("[^.]*\\.([0-9a-f]+)(\\..*)?", "$1"), 16))
                    .sorted()
                    .toList();
        }
    }

    private void twentyTransactionsWithSnapshotsAt5And15() throws IOException {
        append(1, 5);
        storeSnapshot();
        workOffSnapshots();
        append(6, 15);
        storeSnapshot();
        workOffSnapshots();
        append(16, 20);
        assertThat(stored()).containsExactly(5L, 15L);
    }

    @Test
    void whatWasVoidedLeavesNoTraceInTheTreeOrAmongTheSnapshots() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        queue.voidAfter(10);
        log.workOff();
        Recovery recovery = empty();
        disk.load(recovery, 10);
        assertThat(recovery.lastZxid()).isEqualTo(10);
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 10);
        assertThat(stored()).containsExactly(5L);
        // The log goes on: other transactions take the place of those that were voided.
        append(11, 12);
        Recovery again = empty();
        disk.load(again, 12);
        assertThat(again.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 12);
    }

    /** A crash between the cut of the log and the deletion must not bring the newer snapshot back. */
    @Test
    void aStartAfterACutDoesNotTrustSnapshotsBehindIt() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        assertThat(history().voidedBehind()).isEmpty();
        queue.voidAfter(10);
        log.workOff();
        log.onClose();
        assertThat(history().voidedBehind()).hasValue(10);
        Recovery recovery = empty();
        DiskState.Restored restored =
                disk.restore(history(), recovery, history().voidedBehind().getAsLong());
        assertThat(restored.lastZxid()).isEqualTo(10);
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 10);
        openLog();
        assertThat(history().voidedBehind()).hasValue(10);
        append(11, 11);
        assertThat(history().voidedBehind()).isEmpty();
    }

    @Test
    void withoutASnapshotTheTreeIsANewOne() {
        append(1, 3);
        Recovery recovery = empty();
        disk.load(recovery, 3);
        Recovery started = new Core(CoreDriver.SETTINGS, queue, orders).recovery();
        history().replay(0, (zxid, buffer, offset, length) -> started.replay(buffer, offset, length));
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 3);
        assertThat(recovery.digest()).isEqualTo(started.digest());
    }

    @Test
    void aLogThatBeginsAnewBehindASnapshotIsNotCut() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        queue.restartAt(15);
        log.workOff();
        assertThat(history().voidedBehind()).isEmpty();
        Recovery recovery = empty();
        disk.load(recovery, 15);
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 15);
        assertThat(stored()).containsExactly(5L, 15L);
    }

    @Test
    void whereTheDiskDoesNotReachBackNothingIsDeleted() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        snapshots.deleteAfter(5);
        append(21, 21);
        storeSnapshot();
        workOffSnapshots();
        Files.delete(snapshots.list().get(1).path());
        queue.roll();
        append(22, 22);
        queue.purgeBefore(21);
        queue.voidAfter(20);
        log.workOff();
        await().until(() -> {
            try {
                history().replay(0, (zxid, buffer, offset, length) -> {});
                return false;
            } catch (RuntimeException e) {
                return true;
            }
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> disk.load(empty(), 20))
                .withMessageContaining("does not reach back to zxid 0x14");
        assertThat(stored()).containsExactly(21L);
    }

    /** A copy took the place of all history here, and nothing is left of what was before it. */
    @Test
    void aDiskThatBeginsWithACopySaysHowFarItReachesBack() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        assertThat(disk.reachesBackTo(3)).isTrue();
        queue.restartAt(15);
        log.workOff();
        assertThat(disk.reachesBackTo(14)).isFalse();
        assertThat(disk.reachesBackTo(15)).isTrue();
        append(16, 18);
        assertThat(disk.reachesBackTo(17)).isTrue();
        assertThat(stored()).containsExactly(5L, 15L);
    }

    @Test
    void snapshotsBehindACopyAreDroppedSoThatTheNextStartTakesTheCopy() throws IOException {
        twentyTransactionsWithSnapshotsAt5And15();
        queue.voidAfter(5);
        log.workOff();
        disk.dropAfter(5);
        queue.restartAt(5);
        log.workOff();
        append(16, 17);
        assertThat(stored()).containsExactly(5L);
        Recovery recovery = empty();
        assertThat(disk.restore(history(), recovery, Long.MAX_VALUE).lastZxid()).isEqualTo(17);
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 5 + 2);
    }

    @Test
    void aSnapshotThatIsBeingStoredIsWaitedForAndThenDeleted() throws Exception {
        append(1, 10);
        storeSnapshot();
        queue.voidAfter(8);
        log.workOff();
        Recovery recovery = empty();
        Thread loading = new Thread(() -> disk.load(recovery, 8));
        loading.start();
        await().until(() -> loading.getState() == Thread.State.TIMED_WAITING);
        assertThat(recovery.lastZxid()).isZero();
        workOffSnapshots();
        loading.join();
        assertThat(recovery.nodeCount()).isEqualTo(NODES_OF_A_NEW_TREE + 8);
        assertThat(stored()).isEmpty();
    }

    /** Nobody listens. */
    private static final class Silent implements LogListener {

        @Override
        public void onLogFlushed(long lastZxid) {}

        @Override
        public void onLogCut(long zxid) {}

        @Override
        public void onAcceptedEpochStored(long epoch) {}

        @Override
        public void onCurrentEpochStored(long epoch) {}

        @Override
        public void onLogSpace(boolean available) {}

        @Override
        public void onLogFailed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }
}
