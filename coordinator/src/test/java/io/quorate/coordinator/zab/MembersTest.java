package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MembersTest {

    private static boolean isQuorum(Members members, String sids) {
        return members.isQuorum(
                new TreeSet<>(Arrays.stream(sids.split(" ")).map(Long::valueOf).toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, true",
        "1, 2, false",
        "2, 1, false",
        "2, 1 2, true",
        "3, 2, false",
        "3, 1 3, true",
        "4, 1 2, false",
        "4, 1 2 4, true",
        "5, 1 5, false",
        "5, 3 4 5, true",
        "3, 1 7 8 9, false",
        "3, 1 2 7, true",
    })
    void aMajorityOfTheVotersDecides(int voters, String servers, boolean quorum) {
        assertThat(isQuorum(Ensembles.voters(voters), servers)).isEqualTo(quorum);
    }

    @Test
    void nobodyIsNoQuorum() {
        assertThat(Ensembles.voters(1).isQuorum(new TreeSet<>())).isFalse();
        assertThat(Ensembles.grouped(1, 1).isQuorum(new TreeSet<>())).isFalse();
    }

    @Test
    void anObserverCountsForNothing() {
        Members members = Ensembles.withObservers(3, List.of(4L, 5L));

        assertThat(isQuorum(members, "1 4 5")).isFalse();
        assertThat(members.isVoter(4)).isFalse();
    }

    /** Three groups of three: a quorum is two servers in each of two groups. */
    @ParameterizedTest
    @CsvSource({
        "1 2 4 5, true",
        "1 3 8 9, true",
        "1 2 3 4 7, false",
        "1 2 3, false",
        "1 4 7, false",
        "1 2 3 4 5 6 7 8 9, true",
        "1 2 4 10, false",
    })
    void mostGroupsDecideEachByMostOfItsWeight(String servers, boolean quorum) {
        assertThat(isQuorum(Ensembles.grouped(3, 1, 1, 1, 1, 1, 1, 1, 1, 1), servers))
                .isEqualTo(quorum);
    }

    @ParameterizedTest
    @CsvSource({
        // one group, weights 3 1 1 0: the first alone has more than half of 5
        "1, true",
        "2 3, false",
        "2 3 4, false",
        "1 4, true",
    })
    void weightDecidesWithinAGroup(String servers, boolean quorum) {
        assertThat(isQuorum(Ensembles.grouped(4, 3, 1, 1, 0), servers)).isEqualTo(quorum);
    }

    @ParameterizedTest
    @CsvSource({
        // groups {1 2} and {3 4}, the latter without weight, are one group that counts
        "1 2, true",
        "1, false",
        "3 4, false",
        "1 3 4, false",
    })
    void aGroupWithoutWeightIsLeftOut(String servers, boolean quorum) {
        assertThat(isQuorum(Ensembles.grouped(2, 1, 1, 0, 0), servers)).isEqualTo(quorum);
    }

    @Test
    void halfOfTwoGroupsIsNoQuorum() {
        Members members = Ensembles.grouped(1, 1, 1);

        assertThat(isQuorum(members, "1")).isFalse();
        assertThat(isQuorum(members, "1 2")).isTrue();
    }

    @Test
    void aVoterWeighsOneUnlessToldOtherwise() {
        Members members = new Members(List.of(1L, 2L), List.of(), Map.of(1L, 1L, 2L, 1L), Map.of(2L, 0L), "");

        assertThat(members.weight(1)).isEqualTo(1);
        assertThat(members.weight(2)).isZero();
        assertThat(isQuorum(members, "1")).isTrue();
    }

    @Test
    void aVoterInNoGroupIsRefused() {
        assertThatThrownBy(() -> new Members(List.of(1L, 2L), List.of(), Map.of(1L, 1L), Map.of(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1, 2]");
    }

    @Test
    void membersAreAscending() {
        Members members = new Members(List.of(3L, 1L, 2L), List.of(9L, 8L), Map.of(), Map.of(), "");

        assertThat(members.voters()).containsExactly(1L, 2L, 3L);
        assertThat(members.observers()).containsExactly(8L, 9L);
    }
}
