package io.quorate.groups.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The definitions of consumer-groups C5, one by one, on random groups and on recorded ones. */
final class StickyAssignorTest {
    private static final int CASES = Integer.getInteger("quorate.groups.cases", 10_000);

    private static final Assignor STICKY = StickyAssignor.balanceFirst();

    @Test
    void aFreshGroupGetsWhatKafkaGivesIt() {
        GroupView group = RandomGroups.group(Map.of("t", 8), List.of("m1", "m2", "m3"), Map.of());
        Assignment given = STICKY.assign(group);
        assertThat(given.of("m1")).isEqualTo(RandomGroups.partitions("t", 0, 3, 6));
        assertThat(given.of("m2")).isEqualTo(RandomGroups.partitions("t", 1, 4, 7));
        assertThat(given.of("m3")).isEqualTo(RandomGroups.partitions("t", 2, 5));
    }

    @Test
    void aFifthMemberOfTwelvePartitionsMovesTwo() {
        List<String> four = List.of("m1", "m2", "m3", "m4");
        Assignment before = STICKY.assign(RandomGroups.group(Map.of("t", 12), four, Map.of()));
        GroupView five = RandomGroups.group(Map.of("t", 12), List.of("m1", "m2", "m3", "m4", "m5"), before.byMember());
        assertThat(Moves.count(five, STICKY.assign(five))).isEqualTo(2).isEqualTo(Moves.leastUniform(five));
    }

    @Test
    void aMemberThatLeavesMovesNobodyElses() {
        List<String> four = List.of("m1", "m2", "m3", "m4");
        Assignment before = STICKY.assign(RandomGroups.group(Map.of("t", 12), four, Map.of()));
        GroupView three = RandomGroups.group(Map.of("t", 12), List.of("m1", "m2", "m3"), before.byMember());
        Assignment after = STICKY.assign(three);
        assertThat(Moves.count(three, after)).isZero();
        assertThat(after.partitions()).isEqualTo(12);
    }

    @Test
    void uniformGroupsAreBalancedWithTheFewestMoves() {
        for (int seed = 0; seed < CASES; seed++) {
            GroupView group = RandomGroups.uniform(new Random(seed));
            Assignment given = STICKY.assign(group);
            String replay = replay(seed);
            assertValid(group, given, replay);
            assertUniformBalance(given, replay);
            assertThat(Moves.count(group, given)).as(replay).isEqualTo(Moves.leastUniform(group));
            assertSettledAndDeterministic(STICKY, group, given, replay);
        }
    }

    @Test
    void generalGroupsHaveNoChainThatWouldLevelThem() {
        for (int seed = 0; seed < CASES; seed++) {
            GroupView group = RandomGroups.general(new Random(seed));
            Assignment given = STICKY.assign(group);
            String replay = replay(seed);
            assertValid(group, given, replay);
            assertThat(Chains.exists(group, given)).as(replay).isFalse();
            assertSettledAndDeterministic(STICKY, group, given, replay);
        }
    }

    @Test
    void smallUniformGroupsMoveNoMoreThanTheBestOfAll() {
        for (int seed = 0; seed < CASES / 50; seed++) {
            GroupView group = RandomGroups.small(new Random(seed));
            assertThat(Moves.count(group, STICKY.assign(group)))
                    .as(replay(seed))
                    .isEqualTo(Moves.leastByTrying(group));
        }
    }

    @Test
    void rackFirstPutsAsManyNearAsBalanceAllows() {
        Assignor rackFirst = StickyAssignor.rackFirst();
        for (int seed = 0; seed < CASES / 10; seed++) {
            GroupView group = RandomGroups.racked(new Random(seed));
            Assignment given = rackFirst.assign(group);
            String replay = replay(seed);
            assertValid(group, given, replay);
            assertUniformBalance(given, replay);
            assertThat(NearPartitions.count(group, given)).as(replay).isEqualTo(NearPartitions.most(group));
        }
    }

    /** With racks first, too, what nobody is near to moves as little as it would without racks. */
    @Test
    void rackFirstMovesNoMoreThanItMustOfWhatNobodyIsNearTo() {
        SortedMap<Integer, Set<String>> numbers = new TreeMap<>();
        IntStream.range(0, 9).forEach(p -> numbers.put(p, Set.of("b")));
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>(Map.of("t", numbers));
        Assignor rackFirst = StickyAssignor.rackFirst();
        Assignment two = rackFirst.assign(new GroupView(List.of(inRackA("m1"), inRackA("m2")), topics));
        GroupView three =
                RandomGroups.with(new GroupView(List.of(inRackA("m1"), inRackA("m2"), inRackA("m3")), topics), two);
        assertThat(Moves.count(three, rackFirst.assign(three))).isEqualTo(3).isEqualTo(Moves.leastUniform(three));
    }

    private static GroupView.Member inRackA(String id) {
        return new GroupView.Member(id, null, "a", List.of("t"), new TreeSet<>(), 1);
    }

    @Test
    void rackFirstSettlesWhateverTheOrderOfItsInput() {
        Assignor rackFirst = StickyAssignor.rackFirst();
        for (int seed = 0; seed < CASES / 10; seed++) {
            Random random = new Random(seed);
            GroupView group = seed % 2 == 0 ? RandomGroups.racked(random) : RandomGroups.general(random);
            Assignment given = rackFirst.assign(group);
            assertValid(group, given, replay(seed));
            assertSettledAndDeterministic(rackFirst, group, given, replay(seed));
        }
    }

    @Test
    void twoHundredPartitionsAreAsNearAsBalanceAllows() {
        Assignor rackFirst = StickyAssignor.rackFirst();
        for (int seed = 0; seed < CASES / 1000; seed++) {
            GroupView group = RandomGroups.rackedOf200(new Random(seed));
            Assignment given = rackFirst.assign(group);
            assertUniformBalance(given, replay(seed));
            assertThat(NearPartitions.count(group, given)).as(replay(seed)).isEqualTo(NearPartitions.most(group));
        }
    }

    /** Balanced as without racks, and never less near than with racks last. */
    @Test
    void rackFirstCountsWithMixedSubscriptionsToo() {
        int nearer = 0;
        for (int seed = 0; seed < CASES / 10; seed++) {
            GroupView group = RandomGroups.general(new Random(seed));
            Assignment last = STICKY.assign(group);
            Assignment first = StickyAssignor.rackFirst().assign(group);
            assertThat(loads(first)).as(replay(seed)).isEqualTo(loads(last));
            int more = NearPartitions.count(group, first) - NearPartitions.count(group, last);
            assertThat(more).as(replay(seed)).isNotNegative();
            nearer += more;
        }
        assertThat(nearer).as("partitions that are near only with racks first").isPositive();
    }

    private static List<Integer> loads(Assignment given) {
        return given.byMember().values().stream().map(Set::size).sorted().toList();
    }

    /** The bound of its work is never met by real groups, so it is set to nothing. */
    @Test
    void aSearchThatIsCutShortStillLevelsNeighbours() {
        int uneven = 0;
        for (int seed = 0; seed < CASES / 10; seed++) {
            GroupView group = RandomGroups.general(new Random(seed));
            Problem problem = Problem.of(group);
            Assignment given = problem.assignment(new GeneralSticky(problem, false, 0).solve());
            assertValid(group, given, replay(seed));
            assertThat(Chains.existsOfTwo(group, given)).as(replay(seed)).isFalse();
            uneven += Chains.exists(group, given) ? 1 : 0;
        }
        assertThat(uneven).as("groups of which only neighbours were levelled").isPositive();
    }

    @Test
    void assignorsAreFoundByName() {
        for (String name : List.of("sticky", "sticky-rack-first", "range", "first-come")) {
            assertThat(Assignors.named(name).name()).isEqualTo(name);
        }
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Assignors.named("none")))
                .hasMessageContaining("sticky");
    }

    private static void assertValid(GroupView group, Assignment given, String replay) {
        SortedSet<TopicPartition> once = new TreeSet<>();
        for (GroupView.Member member : group.members()) {
            for (TopicPartition each : given.of(member.id())) {
                assertThat(member.topics()).as(replay).contains(each.topic());
                assertThat(once.add(each)).as(replay).isTrue();
            }
        }
        assertThat(once).as(replay).isEqualTo(RandomGroups.wanted(group));
    }

    private static void assertUniformBalance(Assignment given, String replay) {
        int members = given.byMember().size();
        int share = given.partitions() / members;
        long larger = given.byMember().values().stream()
                .filter(set -> set.size() == share + 1)
                .count();
        long smaller = given.byMember().values().stream()
                .filter(set -> set.size() == share)
                .count();
        assertThat(larger).as(replay).isEqualTo(given.partitions() % members);
        assertThat(smaller + larger).as(replay).isEqualTo(members);
    }

    private static void assertSettledAndDeterministic(
            Assignor assignor, GroupView group, Assignment given, String replay) {
        List<GroupView.Member> shuffled = new ArrayList<>(group.members());
        Collections.reverse(shuffled);
        assertThat(assignor.assign(new GroupView(shuffled, group.topics())))
                .as(replay)
                .isEqualTo(given);
        GroupView settled = RandomGroups.with(group, given);
        assertThat(assignor.assign(settled)).as(replay).isEqualTo(given);
    }

    private static String replay(int seed) {
        return "replay: mvn test -pl consumer-groups -am -Dtest=StickyAssignorTest, seed " + seed;
    }
}
