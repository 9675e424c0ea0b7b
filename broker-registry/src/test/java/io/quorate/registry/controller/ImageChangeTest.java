package io.quorate.registry.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.image.EmptyTree;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.layout.RegistryPaths;
import org.junit.jupiter.api.Test;

/** What a controller's changes do to what it knows. */
final class ImageChangeTest {
    private static final String TOPIC = RegistryPaths.topic("t");

    private final EmptyTree server = new EmptyTree();
    private final TreeFollower follower = server.follower();
    private final FencedWriter writer = new FencedWriter(server, new Fence(3, 8), () -> {});

    private void deleteTopic() {
        new ImageChange(follower).deleteTopic("t").submit(writer, outcome -> {
            throw new AssertionError("there is no answer");
        });
    }

    @Test
    void whatIsQueuedIsExpected() {
        deleteTopic();
        server.changed(TOPIC, 7);
        assertThat(server.read()).isEmpty();
    }

    @Test
    void whatIsOrderedAfterTheResignationIsNotWaitedFor() {
        writer.stop();
        deleteTopic();
        server.changed(TOPIC, 7);
        assertThat(server.read()).containsExactly(TOPIC);
    }
}
