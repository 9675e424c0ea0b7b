package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.Identity;
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
}
