package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told what, and when, in the words of semantics 6. */
final class WatchDeliveryTest {

    private final CoreDriver driver = new CoreDriver();

    private static final Identity BOB = new Identity("digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM=");

    @Test
    void whoMayNotReadADeletedNodeIsNotToldThatItIsGone() {
        RecordingClient watcher = driver.connected();
        driver.exists(watcher, 1, "/secret", true);
        RecordingClient owner = driver.connected();
        driver.deliver(new Event.ClientProved(owner.client(), -4, List.of(BOB)));
        List<Acl> onlyBob = List.of(new Acl(Acl.ALL, BOB));
        driver.request(watcher, 2, OpCode.ADD_WATCH, new AddWatchRequest("/secret", 0));
        watcher.take();

        driver.request(owner, 1, OpCode.CREATE, new CreateRequest("/secret", null, onlyBob, 0));
        driver.request(owner, 2, OpCode.DELETE, new DeleteRequest("/secret", -1));

        assertThat(watcher.take()).isEmpty();
        assertThat(owner.take()).containsExactly("reply -4 at 0", "reply 1 at 3", "reply 2 at 4");
    }

    @Test
    void eventsGoOutBeforeTheReplyThatTellsOfTheChange() {
        RecordingClient client = driver.connected();
        driver.exists(client, 1, "/a", true);
        driver.holdLog();
        driver.create(client, 2, "/a", 0);
        driver.exists(client, 3, "/a", false);
        client.take();
        driver.flush();

        assertThat(client.take()).containsExactly("NODE_CREATED /a at 2", "reply 2 at 2", "reply 3 at 2");
    }

    @Test
    void oneChangeRaisesItsEventsInOrder() {
        RecordingClient watcher = driver.connected();
        RecordingClient writer = driver.connected();
        driver.request(watcher, 1, OpCode.ADD_WATCH, new AddWatchRequest("/", 0));
        driver.request(watcher, 2, OpCode.ADD_WATCH, new AddWatchRequest("/", 1));
        watcher.take();
        driver.create(writer, 1, "/a", 0);
        driver.setData(writer, 2, "/a");
        driver.delete(writer, 3, "/a");

        assertThat(watcher.take())
                .containsExactly(
                        "NODE_CREATED /a at 3",
                        "NODE_CHILDREN_CHANGED / at 3",
                        "NODE_DATA_CHANGED /a at 4",
                        "NODE_DELETED /a at 5",
                        "NODE_CHILDREN_CHANGED / at 5");
    }

    @Test
    void aFailedMultiRaisesNothingAndAGoodOneEverythingAtItsZxid() {
        RecordingClient watcher = driver.connected();
        RecordingClient writer = driver.connected();
        driver.request(watcher, 1, OpCode.ADD_WATCH, new AddWatchRequest("/", 1));
        watcher.take();
        MultiOp create = new MultiOp(1, new CreateRequest("/a", null, Acl.OPEN_UNSAFE, 0));
        MultiOp delete = new MultiOp(2, new DeleteRequest("/a", -1));
        driver.request(writer, 1, OpCode.MULTI, new MultiRequest(List.of(create, create)));
        driver.request(writer, 2, OpCode.MULTI, new MultiRequest(List.of(create, delete)));

        assertThat(watcher.take()).containsExactly("NODE_CREATED /a at 4", "NODE_DELETED /a at 4");
    }

    @Test
    void aWatchIsSpentOnAnEventThatMayNotBeTold() {
        RecordingClient watcher = driver.connected();
        RecordingClient owner = driver.connected();
        driver.deliver(new Event.ClientProved(owner.client(), -4, List.of(BOB)));
        driver.exists(watcher, 1, "/secret", true);
        driver.request(owner, 1, OpCode.CREATE, new CreateRequest("/secret", null, List.of(new Acl(Acl.ALL, BOB)), 0));
        watcher.take();

        driver.look(view -> assertThat(view.watches().isEmpty()).isTrue());
        driver.delete(owner, 2, "/secret");
        assertThat(watcher.take()).isEmpty();
    }
}
