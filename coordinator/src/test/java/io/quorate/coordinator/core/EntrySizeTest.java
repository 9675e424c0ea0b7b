package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.TxnEntry;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A request of bounded length never makes an entry that the log could not take. */
final class EntrySizeTest {

    private static final int LONG_NAME = 4000;

    private final CoreDriver driver = new CoreDriver();

    private static void replayInto(CoreDriver other, List<byte[]> entries) {
        Recovery recovery = other.core().recovery();
        for (byte[] entry : entries) {
            recovery.replay(new UnsafeBuffer(entry), 0, entry.length);
        }
        assertThat(recovery.finish()).isEqualTo(Recovery.DigestCheck.EQUAL);
    }

    private void endASessionWithManyEphemerals(CoreDriver with) {
        RecordingClient client = with.connected();
        with.create(client, 1, "/stays", 0);
        for (int i = 0; i < 100; i++) {
            with.create(client, 2 + i, "/" + "e".repeat(LONG_NAME) + i, 1);
        }
        with.request(client, 500, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
    }

    @Test
    void aSessionWithMoreEphemeralsThanAnEntryHoldsEndsWithoutNamingThem() {
        endASessionWithManyEphemerals(driver);

        byte[] last = driver.logged().get(driver.logged().size() - 1);
        assertThat(last.length).isLessThan(1000);
        assertThat(driver.isThere("/stays")).isTrue();
        driver.look(view -> assertThat(view.tree().nodeCount()).isEqualTo(6));
        CoreDriver restarted = new CoreDriver();
        replayInto(restarted, driver.logged());
        restarted.look(view -> assertThat(view.tree().nodeCount()).isEqualTo(6));
    }

    @Test
    void withoutListsInCloseSessionTheLogIsStillReadable() {
        CoreDriver unlisted = new CoreDriver(CoreDriver.settings(new OpSettings(false, false, false, false), 1000));
        RecordingClient client = unlisted.connected();
        unlisted.create(client, 1, "/e", 1);
        unlisted.request(client, 2, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);

        CoreDriver restarted = new CoreDriver();
        replayInto(restarted, unlisted.logged());
        assertThat(restarted.isThere("/e")).isFalse();
    }

    @Test
    void anAccessListThatGrowsWithTheIdentitiesOfItsCallerIsRefusedWhereItWouldNotFit() {
        RecordingClient client = driver.connected();
        for (int i = 0; i < 100; i++) {
            String id = "u".repeat(1000) + i + ":hash";
            driver.core().onAuthenticated(client.client(), -4, List.of(new Identity("digest", id)));
        }
        client.take();
        List<Acl> auth = List.of(new Acl(Acl.ALL, new Identity("auth", "")));
        List<MultiOp> creates = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            creates.add(new MultiOp(OpCode.CREATE.code(), new CreateRequest("/n" + i, new byte[0], auth, 0)));
        }
        driver.request(client, 1, OpCode.MULTI, new MultiRequest(creates));

        byte[] last = driver.logged().get(driver.logged().size() - 1);
        TxnEntry entry = TxnEntry.read(new JuteReader().wrap(new UnsafeBuffer(last), 0, last.length));
        assertThat(entry.header().type()).isEqualTo(OpCode.ERROR.code());
        assertThat(driver.isThere("/n0")).isFalse();
        driver.create(client, 2, "/n0", 0);
        assertThat(driver.isThere("/n0")).isTrue();
    }

    @Test
    void nobodyNeedsMoreIdentitiesThanThereAreLimits() {
        RecordingClient client = driver.connected();
        for (int i = 0; i < 300; i++) {
            driver.core().onAuthenticated(client.client(), -4, List.of(new Identity("digest", i + ":hash")));
        }
        assertThat(client.take()).last().asString().contains("closed");
    }
}
