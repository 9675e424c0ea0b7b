package io.quorate.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "ü", "a:b"})
    void whatCannotBeATopicIsRefused(String name) {
        assertThat(TopicNames.objection(name)).isNotNull();
    }

    @Test
    void aNameMayHave249Characters() {
        assertThat(TopicNames.objection("aZ0._-".repeat(41) + "abc")).isNull();
        assertThat(TopicNames.objection("a".repeat(250))).contains("250");
    }

    @Test
    void dotsAndUnderscoresCollide() {
        assertThat(TopicNames.collision("a.b", List.of("x", "a_b"))).isEqualTo("a_b");
        assertThat(TopicNames.collision("a.b", List.of("a.b", "ab"))).isNull();
    }

    @Test
    void topicIdsHave22CharactersAndReservedOnesAreNone() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(TopicIds.isValid(TopicIds.random(random::nextLong))).isTrue();
        }
        assertThat(TopicIds.encode(0, 0)).isEqualTo("AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(TopicIds.isValid(TopicIds.encode(0, 0))).isFalse();
        assertThat(TopicIds.isValid(TopicIds.encode(0, 1))).isFalse();
        assertThat(TopicIds.isValid(null)).isFalse();
    }

    @Test
    void aReplicaSetOnTheMoveKnowsBothEnds() {
        ReplicaSet moving = ReplicaSet.settled(List.of(7, 8)).towards(List.of(9, 8));
        assertThat(moving).isEqualTo(new ReplicaSet(List.of(9, 8, 7), List.of(9), List.of(7)));
        assertThat(moving.target()).containsExactly(9, 8);
        assertThat(moving.origin()).containsExactly(8, 7);
        assertThat(moving.towards(List.of(8, 7))).isEqualTo(ReplicaSet.settled(List.of(8, 7)));
        assertThat(moving.towards(List.of(1, 8))).isEqualTo(new ReplicaSet(List.of(1, 8, 7), List.of(1), List.of(7)));
    }
}
