package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.watch.WatchTable;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.CheckWatchesRequest;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.RemoveWatchesRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches set, asked for and taken away by requests of their own. */
final class WatchRequestsTest {

    private final CoreDriver driver = new CoreDriver();

    /** As observed on the reference: what must be looked up is refused, what is only noted is taken. */
    @Test
    void nullPathsInWatchRequestsHarmNobody() {
        RecordingClient client = driver.connected();
        List<String> none = List.of();
        List<String> holed = Arrays.asList("/a", null);
        for (SetWatchesRequest request : List.of(
                new SetWatchesRequest(0, holed, none, none, none, none),
                new SetWatchesRequest(0, none, holed, none, none, none),
                new SetWatchesRequest(0, none, none, holed, none, none),
                new SetWatchesRequest(0, null, none, none, none, none))) {
            driver.request(client, -8, OpCode.SET_WATCHES2, request);
            assertThat(client.take()).containsExactly("reply -8 at 1 error -5");
        }
        driver.request(client, 1, OpCode.CHECK_WATCHES, new CheckWatchesRequest(null, 3));
        driver.request(client, 2, OpCode.REMOVE_WATCHES, new RemoveWatchesRequest(null, 3));
        driver.request(client, 3, OpCode.ADD_WATCH, new AddWatchRequest(null, 1));
        driver.request(client, -8, OpCode.SET_WATCHES2, new SetWatchesRequest(0, none, none, none, holed, holed));
        assertThat(client.take())
                .containsExactly("reply 1 at 1 error -121", "reply 2 at 1 error -121", "reply 3 at 1", "reply -8 at 1");
        driver.create(client, 4, "/a", 0);
        driver.delete(client, 5, "/a");
        driver.deliver(new Event.ClientGone(client.client()));
        driver.look(view -> assertThat(view.watches().isEmpty()).isTrue());
    }

    /** The table of semantics 6.6: /old was changed before the client looked away at zxid 2, /new behind that. */
    @Test
    void watchesSetAgainTellWhatTheyMissed() {
        RecordingClient client = driver.connected();
        driver.create(client, 1, "/old", 0);
        driver.create(client, 2, "/new", 0);
        driver.create(client, 3, "/new/child", 0);
        client.take();
        List<String> all = List.of("/old", "/new", "/gone");
        driver.request(client, -8, OpCode.SET_WATCHES2, new SetWatchesRequest(2, all, all, all, all, all));

        assertThat(client.take())
                .containsExactly(
                        "NODE_DATA_CHANGED /new at -1",
                        "NODE_DELETED /gone at -1",
                        "NODE_CREATED /old at -1",
                        "NODE_CREATED /new at -1",
                        "NODE_CHILDREN_CHANGED /new at -1",
                        "NODE_DELETED /gone at -1",
                        "reply -8 at 4");
        int standard = WatchTable.DATA | WatchTable.CHILD;
        int lasting = WatchTable.PERSISTENT | WatchTable.RECURSIVE;
        assertThat(driver.modes(client, "/old")).isEqualTo(standard | lasting);
        assertThat(driver.modes(client, "/new")).isEqualTo(lasting);
        assertThat(driver.modes(client, "/gone")).isEqualTo(WatchTable.DATA | lasting);
    }

    @Test
    void onlyReadsThatSucceedWatchExceptExists() {
        RecordingClient client = driver.connected();
        driver.request(client, 1, OpCode.GET_DATA, new GetDataRequest("/a", true));
        driver.request(client, 2, OpCode.GET_CHILDREN, new GetChildrenRequest("/a", true));
        assertThat(driver.modes(client, "/a")).isZero();
        driver.exists(client, 3, "/a", true);
        assertThat(driver.modes(client, "/a")).isEqualTo(WatchTable.DATA);
        driver.request(client, 4, OpCode.GET_DATA, new GetDataRequest("/", true));
        driver.request(client, 5, OpCode.GET_CHILDREN2, new GetChildrenRequest("/", true));
        assertThat(driver.modes(client, "/")).isEqualTo(WatchTable.DATA | WatchTable.CHILD);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "3, 15", "4, 4", "5, 8"})
    void watchesAreFoundAndTakenAwayByType(int type, int modes) {
        RecordingClient client = driver.connected();
        driver.exists(client, 1, "/", true);
        driver.request(client, 2, OpCode.GET_CHILDREN, new GetChildrenRequest("/", true));
        driver.request(client, 3, OpCode.ADD_WATCH, new AddWatchRequest("/", 0));
        driver.request(client, 4, OpCode.ADD_WATCH, new AddWatchRequest("/", 1));
        client.take();

        driver.request(client, 5, OpCode.CHECK_WATCHES, new CheckWatchesRequest("/", type));
        driver.request(client, 6, OpCode.REMOVE_WATCHES, new RemoveWatchesRequest("/", type));
        driver.request(client, 7, OpCode.CHECK_WATCHES, new CheckWatchesRequest("/", type));
        driver.request(client, 8, OpCode.REMOVE_WATCHES, new RemoveWatchesRequest("/", type));
        assertThat(client.take())
                .containsExactly("reply 5 at 1", "reply 6 at 1", "reply 7 at 1 error -121", "reply 8 at 1 error -121");
        assertThat(driver.modes(client, "/")).isEqualTo(15 & ~modes);
    }

    @Test
    void unknownKindsOfWatchesAreRefused() {
        RecordingClient client = driver.connected();
        driver.request(client, 1, OpCode.ADD_WATCH, new AddWatchRequest("/", 2));
        driver.request(client, 2, OpCode.CHECK_WATCHES, new CheckWatchesRequest("/", 0));
        driver.request(client, 3, OpCode.REMOVE_WATCHES, new RemoveWatchesRequest("/", 6));

        assertThat(client.take())
                .containsExactly("reply 1 at 1 error -5", "reply 2 at 1 error -5", "reply 3 at 1 error -5");
    }
}
