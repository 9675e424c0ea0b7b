package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.coordinator.zab.LogOut;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Stored state comes back as it was, also from a snapshot that was written while the tree changed. */
final class SnapshotRecoveryTest implements LogOut {

    private static final long SESSION = 5;
    private static final byte[] DATA = {1};

    private final Orders orders = new Orders();
    private final Core core = new Core(settings(true), this, orders);
    private final Recovery recovery = core.recovery();

    private static final class Orders implements SnapshotOut {
        int begun;
        int digestVersion = -1;

        @Override
        public void begin(long zxid) {
            begun++;
        }

        @Override
        public void chunk(byte[] bytes, int length) {}

        @Override
        public void end(long zxid, int version, long digest) {
            digestVersion = version;
        }

        @Override
        public void abandon() {}

        @Override
        public boolean hasRoom() {
            return true;
        }
    }

    private static CoreSettings settings(boolean digests) {
        return new CoreSettings(
                1,
                2000,
                4000,
                40_000,
                100,
                1000,
                digests,
                true,
                OpSettings.DEFAULT,
                new CoreSettings.Containers(60_000, 10_000, 0),
                new CoreSettings.Snapshots(0, 0, Long.MAX_VALUE));
    }

    private static NodeImage image(long owner) {
        return new NodeImage(DATA, -1, 1, 1, 1, 1, 0, 0, 0, owner, 1);
    }

    private void replay(long zxid, OpCode op, Txn txn) {
        recovery.replay(new TxnEntry(new TxnHeader(SESSION, 1, zxid, 1, op.code()), txn, null));
    }

    @Test
    void anEphemeralThatCameIntoASnapshotBeforeItsSessionGoesWithIt() {
        recovery.reset();
        recovery.node("", image(0));
        recovery.node("/e", image(SESSION));
        recovery.snapshotLoaded(10, -1, 0);
        replay(11, OpCode.CREATE_SESSION, new CreateSessionTxn(4000));
        replay(12, OpCode.CREATE, new CreateTxn("/e", DATA, Acl.OPEN_UNSAFE, true, 1));
        assertThat(recovery.ephemeralCount()).isEqualTo(1);
        int before = recovery.nodeCount();

        replay(13, OpCode.CLOSE_SESSION, new CloseSessionTxn(null));

        assertThat(recovery.ephemeralCount()).isZero();
        assertThat(recovery.nodeCount()).isEqualTo(before - 1);
    }

    @Test
    void anEphemeralWithoutASessionIsDroppedInTheEnd() {
        recovery.reset();
        recovery.node("", image(0));
        recovery.node("/e", image(SESSION));
        recovery.snapshotLoaded(10, -1, 0);
        int before = recovery.nodeCount();

        assertThat(recovery.finish()).isEqualTo(Recovery.DigestCheck.NONE);

        assertThat(recovery.nodeCount()).isEqualTo(before - 1);
    }

    @Test
    void aSnapshotIsNotBegunWhileTheLastOneIsStored() {
        core.snapshot();
        while (core.isWalking()) {
            core.tick();
        }

        core.snapshot();
        assertThat(orders.begun).isEqualTo(1);

        new Event.SnapshotDone(0, 100).deliver(core);
        core.snapshot();
        assertThat(orders.begun).isEqualTo(2);
    }

    @Test
    void withoutDigestsASnapshotClaimsNone() {
        new Core(settings(false), this, orders).recovery().writeSnapshot();

        assertThat(orders.digestVersion).isZero();
    }

    @Override
    public boolean hasRoom(int entryBytes) {
        return true;
    }

    @Override
    public void append(long zxid, DirectBuffer src, int offset, int length) {}
}
