package io.quorate.groups.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The range of clients since 0.9: runs, in the order of instance ids, nearness first, co-partitioned topics alike. */
final class RangeAssignorTest {
    private static final Assignor RANGE = new RangeAssignor();

    @Test
    void theFirstRunsAreLongerByOne() {
        Assignment given = RANGE.assign(RandomGroups.group(Map.of("t", 7), List.of("b", "a", "c"), Map.of()));
        assertThat(given.of("a")).isEqualTo(RandomGroups.partitions("t", 0, 1, 2));
        assertThat(given.of("b")).isEqualTo(RandomGroups.partitions("t", 3, 4));
        assertThat(given.of("c")).isEqualTo(RandomGroups.partitions("t", 5, 6));
    }

    @Test
    void instanceIdsComeBeforeMemberIds() {
        GroupView group = new GroupView(
                List.of(member("a", "z", null), member("b", "y", null)),
                GroupView.topicsOf(new TreeMap<>(Map.of("t", 3))));
        assertThat(RANGE.assign(group).of("b")).isEqualTo(RandomGroups.partitions("t", 0, 1));
    }

    @Test
    void membersGetWhatIsNearThemAsFarAsTheirShareGoes() {
        SortedMap<Integer, Set<String>> racks = new TreeMap<>();
        for (int p = 0; p < 4; p++) {
            racks.put(p, Set.of(p < 2 ? "east" : "west"));
        }
        GroupView group = new GroupView(
                List.of(member("a", null, "west"), member("b", null, "east")), new TreeMap<>(Map.of("t", racks)));
        assertThat(RANGE.assign(group).of("a")).isEqualTo(RandomGroups.partitions("t", 2, 3));
        assertThat(RANGE.assign(group).of("b")).isEqualTo(RandomGroups.partitions("t", 0, 1));
    }

    @Test
    void topicsWithTheSamePartitionsGoTogether() {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>();
        topics.put("t", new TreeMap<>(Map.of(0, Set.of("east"), 1, Set.of("west"))));
        topics.put("u", new TreeMap<>(Map.of(0, Set.of("west"), 1, Set.of("east"))));
        GroupView group = new GroupView(List.of(member("a", null, "west"), member("b", null, "east")), topics);
        Assignment given = RANGE.assign(group);
        for (String each : List.of("a", "b")) {
            List<Integer> numbers = new ArrayList<>();
            given.of(each).forEach(tp -> numbers.add(tp.partition()));
            assertThat(new TreeSet<>(numbers))
                    .as("partition i of both goes to one member")
                    .hasSize(1);
            assertThat(numbers).hasSize(2);
        }
    }

    private static GroupView.Member member(String id, String instance, String rack) {
        return new GroupView.Member(id, instance, rack, Set.of("t", "u"), new TreeSet<>(), 0);
    }
}
