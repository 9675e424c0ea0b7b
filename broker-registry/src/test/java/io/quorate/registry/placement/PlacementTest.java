package io.quorate.registry.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The vectors of registry spec 15, and the properties of 6.3 for placements at random. */
final class PlacementTest {
    private static final int RANDOM_PLACEMENTS = 10_000;

    private static SortedMap<Integer, String> brokers(String... racks) {
        SortedMap<Integer, String> brokers = new TreeMap<>();
        for (int id = 0; id < racks.length; id++) {
            brokers.put(id, racks[id]);
        }
        return brokers;
    }

    private static Placement plain(int count) {
        return Placement.over(brokers(new String[count]), RackMode.ENFORCED);
    }

    private static String text(SortedMap<Integer, List<Integer>> placed) {
        return placed.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().toString().replace(" ", ""))
                .collect(Collectors.joining(" "));
    }

    @Test
    void withoutRacks() {
        assertThat(text(plain(5).from(0, 10, 3, 0)))
                .isEqualTo("0:[0,1,2] 1:[1,2,3] 2:[2,3,4] 3:[3,4,0] 4:[4,0,1] "
                        + "5:[0,2,3] 6:[1,3,4] 7:[2,4,0] 8:[3,0,1] 9:[4,1,2]");
    }

    @Test
    void partitionsThatAreAdded() {
        assertThat(text(plain(5).from(4, 6, 2, 2))).isEqualTo("4:[1,4] 5:[2,1] 6:[3,2] 7:[4,3] 8:[0,4] 9:[1,0]");
        assertThat(plain(5).startAfter(List.of(2, 0))).isEqualTo(2);
        assertThat(plain(5).startAfter(List.of(9))).isZero();
        assertThat(plain(5).startAfter(List.of())).isZero();
    }

    @Test
    void withRacks() {
        Placement placement =
                Placement.over(brokers("rack1", "rack3", "rack3", "rack2", "rack2", "rack1"), RackMode.ENFORCED);
        assertThat(text(placement.from(0, 7, 3, 0)))
                .isEqualTo("0:[0,3,1] 1:[3,1,5] 2:[1,5,4] 3:[5,4,2] 4:[4,2,0] 5:[2,0,3] 6:[0,4,2]");
        assertThat(text(placement.from(0, 12, 2, 0)))
                .isEqualTo("0:[0,3] 1:[3,1] 2:[1,5] 3:[5,4] 4:[4,2] 5:[2,0] "
                        + "6:[0,4] 7:[3,2] 8:[1,0] 9:[5,3] 10:[4,1] 11:[2,5]");
    }

    /** The alternating order is 0, 3, 1, 5, 4, 2; the start is sought among the brokers sorted by id. */
    @Test
    void partitionsThatAreAddedWithRacks() {
        Placement placement =
                Placement.over(brokers("rack1", "rack3", "rack3", "rack2", "rack2", "rack1"), RackMode.ENFORCED);
        assertThat(placement.startAfter(List.of(0, 3))).isZero();
        assertThat(placement.startAfter(List.of(1, 5))).isEqualTo(1);
        assertThat(placement.startAfter(List.of(2, 0))).isEqualTo(2);
        assertThat(placement.startAfter(List.of(5, 4))).isEqualTo(5);
        assertThat(placement.startAfter(List.of(6))).isZero();
        assertThat(text(placement.from(7, 1, 2, placement.startAfter(List.of(2, 0)))))
                .isEqualTo(text(placement.from(7, 1, 2, 2)));
    }

    @Test
    void withUnevenRacks() {
        Placement placement = Placement.over(brokers("a", "a", "a", "b", "b"), RackMode.SAFE);
        assertThat(text(placement.from(0, 5, 3, 1))).isEqualTo("0:[3,2,0] 1:[1,3,4] 2:[4,1,2] 3:[2,4,0] 4:[0,4,2]");
    }

    @Test
    void aMissingRackIsAnErrorOrMeansThatRacksDoNotMatter() {
        SortedMap<Integer, String> half = brokers("a", null, "b");
        assertThatThrownBy(() -> Placement.over(half, RackMode.ENFORCED)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Placement.over(half, RackMode.SAFE).from(0, 3, 2, 0)).isEqualTo(plain(3).from(0, 3, 2, 0));
        assertThat(Placement.over(brokers("a", "b", "a"), RackMode.DISABLED).from(0, 3, 2, 0))
                .isEqualTo(plain(3).from(0, 3, 2, 0));
    }

    @Test
    void whatCannotBePlacedIsRefused() {
        assertThatThrownBy(() -> plain(2).from(0, 1, 3, 0)).hasMessageContaining("3 replicas on 2 brokers");
        assertThatThrownBy(() -> plain(2).from(0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onRandomClustersReplicasAreSpread() {
        for (long seed = 0; seed < RANDOM_PLACEMENTS; seed++) {
            Random random = new Random(seed);
            int racks = 1 + random.nextInt(4);
            int brokers = racks + random.nextInt(6);
            SortedMap<Integer, String> map = new TreeMap<>();
            for (int i = 0; i < brokers; i++) {
                map.put(i * 3, "r" + (i < racks ? i : random.nextInt(racks)));
            }
            int replicas = 1 + random.nextInt(brokers);
            Collection<List<Integer>> placed = Placement.over(map, RackMode.ENFORCED)
                    .topic(1 + random.nextInt(30), replicas, random::nextInt)
                    .values();
            for (List<Integer> partition : placed) {
                Map<String, Long> perRack =
                        partition.stream().collect(Collectors.groupingBy(map::get, Collectors.counting()));
                assertThat(new HashSet<>(partition)).as("seed %d", seed).hasSize(replicas);
                if (replicas >= racks) {
                    assertThat(perRack).as("seed %d", seed).hasSize(racks);
                } else {
                    assertThat(perRack.values()).as("seed %d", seed).allMatch(count -> count == 1);
                }
            }
        }
    }

    @Test
    void overAllRoundsLeadersAndReplicasAreEven() {
        for (int brokers = 2; brokers < 8; brokers++) {
            for (int replicas = 1; replicas <= brokers; replicas++) {
                Collection<List<Integer>> placed = plain(brokers)
                        .from(0, brokers * (brokers - 1), replicas, 0)
                        .values();
                List<Integer> all = new ArrayList<>();
                placed.forEach(all::addAll);
                assertThat(spread(placed.stream().map(each -> each.get(0)).toList()))
                        .isLessThanOrEqualTo(1);
                assertThat(spread(all)).isLessThanOrEqualTo(1);
            }
        }
    }

    private static long spread(List<Integer> brokers) {
        Collection<Long> counts = brokers.stream()
                .collect(Collectors.groupingBy(broker -> broker, Collectors.counting()))
                .values();
        return counts.stream().max(Long::compare).orElseThrow()
                - counts.stream().min(Long::compare).orElseThrow();
    }
}
