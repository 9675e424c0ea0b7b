package io.quorate.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is read when something has changed. */
final class TreeFollowerTest {
    private static final String STATE = RegistryPaths.state(new TopicPartition("t", 0));

    private final EmptyTree server = new EmptyTree();
    private final TreeFollower follower = server.follower();

    @Test
    void theEchoOfOurOwnWriteIsNotRead() {
        follower.ownWrites().begin(STATE);
        server.changed(STATE, 7);
        follower.written(STATE, 7, () -> {});
        assertThat(server.read()).isEmpty();
        server.changed(STATE, 8);
        assertThat(server.read()).containsExactly(STATE);
    }

    /** No server answers like this; it stands for whatever else may be wrong with one node. */
    @Test
    void aNodeThatMakesTheReaderStumbleKeepsNoOtherBack() {
        List<String> malformed = new ArrayList<>();
        AtomicInteger current = new AtomicInteger();
        ImageListener listener = new EmptyTree.Silent() {
            @Override
            public void onCurrent() {
                current.incrementAndGet();
            }

            @Override
            public void onMalformed(String path, String reason) {
                malformed.add(path);
            }
        };
        server.withoutStat = RegistryPaths.topic("t");
        server.follower(listener);
        server.changed(RegistryPaths.topic("t"), 7);
        assertThat(malformed).containsExactly(RegistryPaths.topic("t"));
        assertThat(current).hasValue(2);
    }

    @Test
    void whatADeposedControllerHadUnderWayIsFollowedLikeEverythingElse() {
        follower.ownWrites().begin(STATE);
        follower.abandonOwnWrites();
        assertThat(server.read()).containsExactly(STATE);
        server.changed(STATE, 7);
        assertThat(server.read()).containsExactly(STATE, STATE);
    }
}
