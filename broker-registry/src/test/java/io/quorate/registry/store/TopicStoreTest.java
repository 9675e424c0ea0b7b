package io.quorate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicDescription;
import io.quorate.registry.placement.Placement;
import io.quorate.registry.placement.RackMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which partitions a topic gets more; what a store does in a tree is seen with servers. */
final class TopicStoreTest {
    private static final int COUNT = 4;

    private static TopicAssignment more(Integer... partitions) {
        SortedMap<Integer, List<Integer>> replicas = new TreeMap<>();
        for (int partition : partitions) {
            replicas.put(partition, List.of(7, 8));
        }
        SortedMap<Integer, String> racks = new TreeMap<>();
        List.of(7, 8, 9).forEach(broker -> racks.put(broker, null));
        TopicDescription now = new TopicDescription("t", TopicAssignment.of(replicas, null), 0, List.of(), false);
        return TopicStore.more(now, COUNT, Placement.over(racks, RackMode.SAFE));
    }

    @Test
    void whatIsThereStaysWhereItIs() {
        TopicAssignment more = more(0, 1, 2);
        assertThat(more.replicas()).containsOnlyKeys(0, 1, 2, 3);
        assertThat(more.replicas(2)).containsExactly(7, 8);
    }

    @Test
    void aTopicWithAGapIsLeftAlone() {
        assertThatThrownBy(() -> more(0, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gap");
        assertThatThrownBy(() -> more(1, 2)).isInstanceOf(IllegalStateException.class);
    }
}
