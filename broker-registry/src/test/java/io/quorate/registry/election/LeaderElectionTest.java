package io.quorate.registry.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.election.Situation.Wish;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided in which situation (registry spec 7 and 9). The controller's epoch is 5, the state's leader epoch 3. */
final class LeaderElectionTest {
    private static final int EPOCH = 5;

    private static List<Integer> numbers(String text) {
        return text == null || text.equals("-")
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Integer::parseInt).toList();
    }

    private static Liveness liveness(String alive, String stopping) {
        return new Liveness() {
            @Override
            public boolean isAlive(int broker) {
                return numbers(alive).contains(broker);
            }

            @Override
            public boolean isStopping(int broker) {
                return numbers(stopping).contains(broker);
            }
        };
    }

    private static String text(PartitionState state) {
        if (state == null) {
            return "same";
        }
        String isr = state.isr().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return state.leader() + " of " + isr + " @" + state.leaderEpoch()
                + (state.recovery() == 0 ? "" : " recovering");
    }

    private static Set<Wish> wishes(String text) {
        Set<Wish> wishes = EnumSet.noneOf(Wish.class);
        if (text != null) {
            wishes.add(Wish.valueOf(text));
        }
        return wishes;
    }

    @ParameterizedTest(name = "{0}: {1} alive, {2} stopping")
    @CsvSource({
        "7 8 9, 7 8 9, -, 7 of 7 8 9 @0",
        "7 8 9, 8 9, -, 8 of 8 9 @0",
        "7 8 9, 7 8 9, 7, 8 of 8 9 @0",
        "7 8 9, 1, -, same",
    })
    void aNewPartition(String replicas, String alive, String stopping, String expected) {
        Situation situation = new Situation(ReplicaSet.settled(numbers(replicas)), null, EPOCH, wishes(null));
        assertThat(text(LeaderElection.next(situation, liveness(alive, stopping))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} led by {1} in sync {2}: {3} alive, {4} stopping, {5}")
    @CsvSource({
        // Everybody is there, or nothing that matters has changed.
        "7 8 9, 7, 7 8 9, 7 8 9, -, , same",
        "7 8 9, 7, 7 8, 7 8, -, , same",
        "7 8 9, 8, 8, 7 8 9, -, , same",
        // The leader dies: the first in sync and alive, without the dead.
        "7 8 9, 7, 7 8 9, 8 9, -, , 8 of 8 9 @4",
        "7 8 9, 7, 9 8 7, 8 9, -, , 8 of 9 8 @4",
        "7 8 9, 7, 7 9, 8 9, -, , 9 of 9 @4",
        "7 8 9, 7, 7 8, 9, -, , -1 of 7 8 @4",
        "7 8 9, 7, 7 8, 8 9, 8, , -1 of 7 8 @4",
        // Nobody led, and somebody in sync comes back, or not.
        "7 8 9, -1, 7 8, 8, -, , 8 of 8 @4",
        "7 8 9, -1, 7, 8 9, -, , same",
        "7 8 9, -1, 7, 8 9, -, UNCLEAN_LEADER, 8 of 8 @4 recovering",
        "7 8 9, 7, 7, 9, -, UNCLEAN_LEADER, 9 of 9 @4 recovering",
        "7 8 9, 7, 7 8, 8 9, -, UNCLEAN_LEADER, 8 of 8 @4",
        "7 8 9, -1, 7, -, -, UNCLEAN_LEADER, same",
        // A follower dies.
        "7 8 9, 7, 7 8 9, 7 9, -, , 7 of 7 9 @4",
        // Somebody is about to stop.
        "7 8 9, 7, 7 8 9, 7 8 9, 7, , 8 of 8 9 @4",
        "7 8 9, 7, 7 8 9, 7 8 9, 8, , 7 of 7 9 @4",
        "7 8 9, 7, 7, 7 8 9, 7, , same",
        "7 8 9, 7, 7 8, 7 9, 7, , 7 of 7 @4",
        "7, 7, 7, 7, 7, , same",
        // The first replica is wanted.
        "7 8 9, 8, 8 7, 7 8 9, -, PREFERRED_LEADER, 7 of 8 7 @4",
        "7 8 9, 8, 8 9, 7 8 9, -, PREFERRED_LEADER, same",
        "7 8 9, 8, 8 7, 8 9, -, PREFERRED_LEADER, 8 of 8 @4",
        "7 8 9, 7, 7 8, 7 8 9, -, PREFERRED_LEADER, same",
    })
    void whoLeadsNext(
            String replicas, int leader, String isr, String alive, String stopping, String wish, String expected) {
        PartitionState state = new PartitionState(leader, 3, numbers(isr), 4, 0);
        Situation situation = new Situation(ReplicaSet.settled(numbers(replicas)), state, EPOCH, wishes(wish));
        PartitionState next = LeaderElection.next(situation, liveness(alive, stopping));
        assertThat(text(next)).isEqualTo(expected);
        assertThat(next == null ? EPOCH : next.controllerEpoch()).isEqualTo(EPOCH);
    }

    @ParameterizedTest(name = "to {0} led by {1} in sync {2}: {3} alive, {4}")
    @CsvSource({
        "9 8, 7, 7 8, 7 8 9, ANNOUNCE_MOVE, 7 of 7 8 @4",
        "9 8, 7, 7 8, 8 9, ANNOUNCE_MOVE, 8 of 8 @4",
        "9 8, 7, 7 8 9, 7 8 9, COMPLETE_MOVE, 9 of 8 9 @4",
        "9 8, 8, 7 8 9, 7 8 9, COMPLETE_MOVE, 8 of 8 9 @4",
        "9 8, 8, 8 9, 7 8 9, COMPLETE_MOVE, 8 of 8 9 @4",
        "9 8, 7, 7 8 9, 8 9, COMPLETE_MOVE, 9 of 8 9 @4",
        "9 8, 7, 7 8 9, 7, COMPLETE_MOVE, 7 of 7 @4",
        "9 8, 7, 7 8 9, 7 8, COMPLETE_MOVE, 7 of 7 8 @4",
        "9 8, 8, 8 9, 7 8, COMPLETE_MOVE, 8 of 8 @4",
    })
    void aPartitionOnTheMove(String target, int leader, String isr, String alive, String wish, String expected) {
        ReplicaSet moving = ReplicaSet.settled(List.of(7, 8)).towards(numbers(target));
        PartitionState state = new PartitionState(leader, 3, numbers(isr), 4, 0);
        Situation situation = new Situation(moving, state, EPOCH, wishes(wish));
        assertThat(text(LeaderElection.next(situation, liveness(alive, "-")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"6, same", "5, 8 of 8 @4"})
    void whatALaterControllerDecidedIsLeftAlone(int controllerEpoch, String expected) {
        PartitionState state = new PartitionState(7, 3, List.of(7, 8), controllerEpoch, 0);
        Situation situation = new Situation(ReplicaSet.settled(List.of(7, 8)), state, EPOCH, wishes(null));
        assertThat(text(LeaderElection.next(situation, liveness("8", "-")))).isEqualTo(expected);
    }
}
