package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.check.Content;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SimDiskTest {

    private final SimDisk disk = new SimDisk();

    private void batch(long... zxids) {
        List<SimDisk.Entry> entries = Arrays.stream(zxids)
                .mapToObj(zxid -> new SimDisk.Entry(zxid, new byte[] {(byte) zxid}))
                .toList();
        disk.write(new SimDisk.Batch(entries));
    }

    private List<Long> log() {
        return disk.log().entries().stream().map(SimDisk.Entry::zxid).toList();
    }

    @Test
    void aPowerLossTakesWhatIsNotSyncedFromTheEnd() {
        batch(1, 2);
        disk.sync();
        batch(3);
        batch(4, 5);

        assertThat(disk.unsynced()).isEqualTo(2);
        disk.losePower(1);
        assertThat(log()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aMarkVoidsWhatIsBeforeItOnly() {
        batch(1, 2, 3);
        disk.write(new SimDisk.VoidAfter(1));
        batch(2);

        assertThat(log()).containsExactly(1L, 2L);
    }

    @Test
    void historyBeginsAnewBehindASnapshot() {
        batch(1, 2, 3);
        disk.write(new SimDisk.RestartAt(9));
        batch(10);

        assertThat(log()).containsExactly(10L);
        assertThat(disk.log().reachesBackTo()).isEqualTo(9);
    }

    @Test
    void onlyWhatIsSyncedIsHeld() {
        batch(1);
        assertThat(disk.holds(1, Content.of(new byte[] {1}))).isFalse();
        disk.sync();
        assertThat(disk.holds(1, Content.of(new byte[] {1}))).isTrue();
        assertThat(disk.holds(1, Content.of(new byte[] {2}))).isFalse();
    }

    @Test
    void theLogGoesThatOnlyOldSnapshotsNeeded() {
        for (long zxid = 1; zxid <= 5; zxid++) {
            batch(zxid);
            disk.sync();
            disk.store(new SimDisk.StoredSnapshot(zxid, new byte[0], 0, new TreeMap<>()));
            disk.purge();
        }

        assertThat(log()).containsExactly(4L, 5L);
        assertThat(disk.log().reachesBackTo()).isEqualTo(3);
        assertThat(disk.loseNewestSnapshot()).isTrue();
        assertThat(disk.snapshotUpTo(Long.MAX_VALUE).zxid()).isEqualTo(4);
    }

    @Test
    void aSnapshotAheadOfTheLogBecomesItsBeginning() {
        batch(1);
        disk.sync();
        disk.store(new SimDisk.StoredSnapshot(7, new byte[0], 0, new TreeMap<>()));
        disk.open();

        assertThat(log()).isEmpty();
        assertThat(disk.log().lastZxid()).isEqualTo(7);
    }
}
