package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.Assignment;
import io.quorate.groups.assignor.Assignor;
import io.quorate.groups.assignor.GroupView;
import io.quorate.groups.assignor.StickyAssignor;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.Subscription;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a group whose leader has an assignor that fails, or gives what cannot be used (consumer-groups D4). */
final class OddAssignorsTest {
    private static final int PARTITIONS = 6;
    private static final TopicPartition FIRST = new TopicPartition(SimGroup.TOPIC, 0);
    private static final int LONG_MILLIS = 240_000;

    /** What it makes of the answer of a good one. */
    private UnaryOperator<TreeMap<String, SortedSet<TopicPartition>>> odd = UnaryOperator.identity();

    private final Assignor assignor = new Assignor() {
        private final Assignor good = StickyAssignor.balanceFirst();

        @Override
        public String name() {
            return "odd";
        }

        @Override
        public Assignment assign(GroupView view) {
            TreeMap<String, SortedSet<TopicPartition>> given = new TreeMap<>();
            good.assign(view).byMember().forEach((member, set) -> given.put(member, new TreeSet<>(set)));
            TreeMap<String, SortedSet<TopicPartition>> answer = odd.apply(given);
            return answer == null ? null : new Assignment(answer);
        }
    };

    private final SimGroup group = new SimGroup(1, PARTITIONS, this::with);

    private GroupConfig with(GroupConfig config) {
        Policy usual = config.policy();
        return config.with(new Policy(
                usual.mode(),
                assignor,
                usual.legacyStrategy(),
                usual.legacyPolicy(),
                usual.externalOffset(),
                usual.excludeInternalTopics()));
    }

    static Stream<Arguments> oddAnswers() {
        return Stream.of(
                odd("throws", given -> {
                    throw new IllegalStateException("no idea");
                }),
                odd("fails", given -> {
                    throw new StackOverflowError("no end");
                }),
                odd("gives nothing at all", given -> null),
                odd("gives a partition twice", given -> {
                    given.values().forEach(each -> each.add(FIRST));
                    return given;
                }),
                odd("gives what does not exist", given -> {
                    given.firstEntry().getValue().add(new TopicPartition(SimGroup.TOPIC, PARTITIONS));
                    return given;
                }),
                odd("gives of a topic that does not exist", given -> {
                    given.firstEntry().getValue().add(new TopicPartition("none", 0));
                    return given;
                }),
                odd("gives to whom is not there", given -> {
                    given.put("nobody", new TreeSet<>());
                    return given;
                }),
                odd("leaves a partition out", given -> {
                    given.values().forEach(each -> each.remove(FIRST));
                    return given;
                }));
    }

    private static Arguments odd(String name, UnaryOperator<TreeMap<String, SortedSet<TopicPartition>>> what) {
        return Arguments.of(name, what);
    }

    @ParameterizedTest(name = "an assignor that {0}")
    @MethodSource("oddAnswers")
    void nobodyLosesAnythingAndAllGoesOnWhenItIsGoodAgain(
            String name, UnaryOperator<TreeMap<String, SortedSet<TopicPartition>>> what) {
        group.join();
        group.join();
        group.settle();
        Map<TopicPartition, String> before = group.world.checks.owners();
        odd = what;
        group.join();
        group.world.run(LONG_MILLIS);
        assertThat(group.world.checks.owners()).as(name).isEqualTo(before);
        assertThat(group.members).noneMatch(SimMember::isDead);
        assertThat(group.world.checks.evictions).isZero();
        assertThat(alarms()).isBetween(5L, 20L);
        odd = UnaryOperator.identity();
        group.world.run(60_000);
        group.allIsWell();
    }

    @Test
    void itIsAskedAgainWhenSomebodyJoins() {
        group.join();
        group.settle();
        odd = given -> null;
        group.join();
        group.world.run(5_000);
        assertThat(alarms()).isEqualTo(1);
        odd = UnaryOperator.identity();
        group.join();
        group.world.run(5_000);
        group.allIsWell();
    }

    @Test
    void aTopicThatAMemberDoesNotWantIsNotItsOwn() {
        group.join();
        SimMember other = group.join(Subscription.topics(List.of("t2")));
        group.settle();
        odd = given -> {
            given.get(other.machine().memberId())
                    .addAll(given.get(group.members.get(0).machine().memberId()));
            given.remove(group.members.get(0).machine().memberId());
            return given;
        };
        group.join(Subscription.topics(List.of("t2")));
        group.world.run(5_000);
        assertThat(alarms()).isEqualTo(1);
        assertThat(group.members.get(0).host.positions()).hasSize(PARTITIONS);
    }

    @Test
    void whomItDoesNotNameGetsNothing() {
        SimMember one = group.join();
        group.settle();
        String first = one.machine().memberId();
        odd = given -> {
            TreeMap<String, SortedSet<TopicPartition>> all = new TreeMap<>(Map.of(first, new TreeSet<>()));
            given.values().forEach(all.get(first)::addAll);
            return all;
        };
        group.join();
        group.settle();
        assertThat(alarms()).isZero();
        assertThat(one.host.positions()).hasSize(PARTITIONS);
        assertThat(group.world.tree.children(group.world.paths.targets())).hasSize(2);
    }

    private long alarms() {
        return group.world.trace.stream()
                .filter(line -> line.contains("alarm ASSIGNOR_UNUSABLE"))
                .count();
    }
}
