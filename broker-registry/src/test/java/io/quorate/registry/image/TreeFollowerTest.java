package io.quorate.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicPartition;
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

    @Test
    void whatADeposedControllerHadUnderWayIsFollowedLikeEverythingElse() {
        follower.ownWrites().begin(STATE);
        follower.abandonOwnWrites();
        assertThat(server.read()).containsExactly(STATE);
        server.changed(STATE, 7);
        assertThat(server.read()).containsExactly(STATE, STATE);
    }
}
