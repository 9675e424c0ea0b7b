package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.CheckWatchesRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.RemoveWatchesRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches set, asked for and taken away by requests of their own. */
final class WatchRequestsTest {

    private final CoreDriver driver = new CoreDriver();

    @Test
    void nullPathsInWatchRequestsAreRefusedAndHarmNobody() {
        RecordingClient client = driver.connected();
        List<String> none = List.of();
        List<String> holed = Arrays.asList("/a", null);
        List<SetWatchesRequest> requests = List.of(
                new SetWatchesRequest(0, holed, none, none, none, none),
                new SetWatchesRequest(0, none, holed, none, none, none),
                new SetWatchesRequest(0, none, none, holed, none, none),
                new SetWatchesRequest(0, none, none, none, holed, none),
                new SetWatchesRequest(0, none, none, none, none, holed),
                new SetWatchesRequest(0, null, none, none, none, none));

        for (SetWatchesRequest request : requests) {
            driver.request(client, -8, OpCode.SET_WATCHES2, request);
            assertThat(client.take()).containsExactly("reply -8 at 1 error -5");
        }
        driver.request(client, 1, OpCode.CHECK_WATCHES, new CheckWatchesRequest(null, 3));
        driver.request(client, 2, OpCode.REMOVE_WATCHES, new RemoveWatchesRequest(null, 3));
        assertThat(client.take()).containsExactly("reply 1 at 1 error -5", "reply 2 at 1 error -5");
    }
}
