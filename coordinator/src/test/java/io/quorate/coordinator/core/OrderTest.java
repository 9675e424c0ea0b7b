package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is answered when: the order of one client, durability, and how little clients wait for each other (semantics 9.2). */
final class OrderTest {

    private final CoreDriver driver = new CoreDriver();
    private final RecordingClient client = driver.connected();
    private final RecordingClient other = driver.connected();

    @Test
    void aWriteIsAnsweredAndSeenOnlyWhenItIsOnDisk() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.exists(other, 1, "/a", false);

        assertThat(client.take()).isEmpty();
        assertThat(other.take()).containsExactly("reply 1 at 2 error -101");
        driver.flush();
        assertThat(client.take()).containsExactly("reply 1 at 3");
        driver.exists(other, 2, "/a", false);
        assertThat(other.take()).containsExactly("reply 2 at 3");
    }

    @Test
    void aReadWaitsForTheWritesBeforeItAndForNothingElse() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", false);
        driver.create(other, 1, "/b", 0);
        driver.create(client, 3, "/a/b", 0);
        driver.exists(client, 4, "/a/b", false);
        driver.core().onLogFlushed(3);

        assertThat(client.take()).containsExactly("reply 1 at 3", "reply 2 at 3");
        assertThat(other.take()).isEmpty();
        driver.flush();
        assertThat(client.take()).containsExactly("reply 3 at 5", "reply 4 at 5");
        assertThat(other.take()).containsExactly("reply 1 at 4");
    }

    @Test
    void plansSeeWhatIsInFlight() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.create(other, 1, "/a", 0);
        driver.delete(client, 2, "/a");
        driver.create(other, 2, "/a", 0);
        driver.flush();

        assertThat(client.take()).containsExactly("reply 1 at 3", "reply 2 at 5");
        assertThat(other.take()).containsExactly("reply 1 at 4 error -110", "reply 2 at 6");
    }

    @Test
    void aRefusedWriteHasAZxidOfItsOwnAndIsLogged() {
        driver.delete(client, 1, "/nope");

        assertThat(client.take()).containsExactly("reply 1 at 3 error -101");
        assertThat(driver.logged()).hasSize(3);
    }

    @Test
    void aWriteThatCannotBeReadTakesNoZxidButAMultiDoes() {
        driver.request(client, 1, OpCode.CREATE, null);
        driver.request(client, 2, OpCode.MULTI, null);
        driver.request(client, 3, OpCode.GET_DATA, null);
        driver.request(client, 4, OpCode.MULTI_READ, null);

        assertThat(client.take())
                .containsExactly(
                        "reply 1 at 2 error -5",
                        "reply 2 at 3 error -5",
                        "reply 3 at 3 error -5",
                        "reply 4 at 3 error -5");
        assertThat(client.body()).isEqualTo(new MultiResponse(List.of()));
    }

    @Test
    void refusalsKeepTheirPlaceBehindWrites() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.request(client, 2, OpCode.CREATE, null);
        driver.request(client, 3, OpCode.MULTI_READ, new MultiReadRequest(List.of()));

        assertThat(client.take()).isEmpty();
        driver.flush();
        assertThat(client.take()).containsExactly("reply 1 at 3", "reply 2 at 3 error -5", "reply 3 at 3");
    }

    @Test
    void anUnknownOperationEndsTheConnectionInItsTurn() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.request(client, 2, null, null);
        driver.exists(client, 3, "/a", false);
        driver.flush();

        assertThat(client.take()).containsExactly("reply 1 at 3", "reply 2 at -1 error -6", "closed");
        driver.look(view -> assertThat(view.sessions().get(client.session())).isNotNull());
    }

    @Test
    void clientsMayNotSendWhatServersSendEachOther() {
        for (OpCode op : List.of(
                OpCode.CREATE_SESSION, OpCode.DELETE_CONTAINER, OpCode.CHECK, OpCode.ERROR, OpCode.NOTIFICATION)) {
            RecordingClient sender = driver.connected();
            driver.request(sender, 9, op, EmptyRequest.INSTANCE);
            assertThat(sender.take()).as(op.name()).containsExactly("reply 9 at -1 error -6", "closed");
        }
    }

    @Test
    void aPingIsAnsweredAsOneWhateverItsXid() {
        driver.request(client, 77, OpCode.PING, EmptyRequest.INSTANCE);

        assertThat(client.take()).containsExactly("reply -2 at 2");
    }

    @Test
    void proofsOfIdentityOvertakeWhatWaits() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.deliver(new Event.ClientProved(client.client(), -4, List.of(new Identity("digest", "bob:x"))));
        driver.deliver(new Event.ClientAsksSasl(client.client(), 2));

        assertThat(client.take()).containsExactly("reply -4 at 0", "reply 2 at 0");
        driver.flush();
        assertThat(client.take()).containsExactly("reply 1 at 3");
    }

    @Test
    void aRefusedProofEndsTheConnectionAndNotTheSession() {
        driver.deliver(new Event.ClientRefused(client.client(), -4));
        driver.exists(client, 1, "/", false);

        assertThat(client.take()).containsExactly("reply -4 at 0 error -115", "closed");
        RecordingClient again = driver.open();
        driver.resume(again, client.session(), client.password());
        assertThat(again.take()).containsExactly("connected for 10000");
    }

    @Test
    void theCoreIsFullWhileTooMuchIsInFlight() {
        CoreDriver small = new CoreDriver(CoreDriver.settings(OpSettings.DEFAULT, 3));
        RecordingClient writer = small.connected();
        small.holdLog();
        for (int i = 1; i <= 3; i++) {
            assertThat(small.core().isFull()).isFalse();
            small.create(writer, i, "/n" + i, 0);
        }
        assertThat(small.core().isFull()).isTrue();
        small.flush();
        assertThat(small.core().isFull()).isFalse();
        small.logHasRoom(false);
        assertThat(small.core().isFull()).isTrue();
    }

    @Test
    void whoIsGoneIsAnsweredNoMoreButItsWritesHappen() {
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", true);
        driver.deliver(new Event.ClientGone(client.client()));
        driver.flush();

        assertThat(client.take()).isEmpty();
        assertThat(driver.isThere("/a")).isTrue();
        driver.look(view -> assertThat(view.watches().isEmpty()).isTrue());
    }

    @Test
    void everyTransactionLeavesThePredictedDigest() {
        for (int i = 0; i < 300; i++) {
            driver.create(client, i, "/d" + i % 7 + (i % 3 == 0 ? "/x" : ""), i % 2 == 0 ? 2 : 0);
            driver.setData(client, i, "/d" + i % 5);
            driver.delete(client, i, "/d" + i % 11);
        }

        driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }
}
