package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.tree.AclTable;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Stored state put together again, foreign snapshots included: those of the reference hold changes behind their zxid. */
final class RecoveryTest {

    private static final long SESSION = 77;

    private final CoreDriver driver = new CoreDriver();
    private final Recovery recovery = driver.core().recovery();

    private void snapshotWithAnEphemeral() {
        recovery.reset();
        recovery.node("", image(0));
        recovery.node("/e", image(SESSION));
        recovery.snapshotLoaded(4, -1, 0);
    }

    private static NodeImage image(long owner) {
        return new NodeImage(null, AclTable.OPEN, 1, 1, 0, 0, 0, 0, 0, owner, 1);
    }

    private void replay(long zxid, OpCode op, Txn txn) {
        recovery.replay(new TxnEntry(new TxnHeader(SESSION, 1, zxid, 1, op.code()), txn, null));
    }

    /** The reference writes sessions first and nodes later, so a node can be there before its session is. */
    @Test
    void anEphemeralBelongsToItsSessionAlsoIfThatIsReplayedLater() {
        snapshotWithAnEphemeral();
        replay(5, OpCode.CREATE_SESSION, new CreateSessionTxn(4000));
        replay(6, OpCode.CREATE, new CreateTxn("/e", null, Acl.OPEN_UNSAFE, true, 1));
        recovery.finish();
        driver.core().start();

        driver.look(view -> assertThat(view.sessions().ephemerals(SESSION)).containsExactly("/e"));
        driver.pass(5_000);
        assertThat(driver.isThere("/e")).isFalse();
    }

    @Test
    void aSessionThatEndsDuringReplayTakesItsEphemeralsAlong() {
        snapshotWithAnEphemeral();
        replay(5, OpCode.CREATE_SESSION, new CreateSessionTxn(4000));
        replay(6, OpCode.CLOSE_SESSION, new CloseSessionTxn(null));
        recovery.finish();

        assertThat(driver.isThere("/e")).isFalse();
    }

    @Test
    void anEphemeralWithoutASessionIsTakenAway() {
        snapshotWithAnEphemeral();
        recovery.finish();

        assertThat(driver.isThere("/e")).isFalse();
    }

    @Test
    void aRestartedServerIsTheOneThatStopped() {
        RecordingClient client = driver.connected();
        driver.create(client, 1, "/a", 0);
        driver.create(client, 2, "/a/n", 3);
        driver.setData(client, 3, "/a");
        driver.delete(client, 4, "/nope");
        CoreDriver restarted = new CoreDriver();
        Recovery again = restarted.core().recovery();
        for (byte[] entry : driver.logged()) {
            again.replay(new UnsafeBuffer(entry), 0, entry.length);
        }

        assertThat(again.finish()).isEqualTo(Recovery.DigestCheck.EQUAL);
        restarted.core().start();
        assertThat(restarted.lastZxid()).isEqualTo(driver.lastZxid());
        restarted.look(
                view -> assertThat(view.sessions().ephemerals(client.session())).containsExactly("/a/n0000000000"));
        RecordingClient resumed = restarted.open();
        restarted.resume(resumed, client.session(), client.password());
        assertThat(resumed.take()).containsExactly("connected for 10000");
        RecordingClient other = restarted.connected();
        assertThat(other.session()).isNotEqualTo(client.session());
    }
}
