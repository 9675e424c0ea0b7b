package io.quorate.groups.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No more moves than Kafka's sticky assignor makes of the same group (consumer-groups C5, sticky-general). Only where Kafka
 * leaves a chain that would level two loads further, which ours never does, may ours move more.
 */
final class KafkaStickyTest {
    private static final int CASES = Integer.getInteger("quorate.groups.oracle.cases", 500);

    @Test
    void noMoreMovesThanKafkaMakesUnlessItLevelsLess() {
        int fewer = 0;
        for (int seed = 0; seed < CASES; seed++) {
            GroupView before = RandomGroups.general(new Random(seed));
            Assignment settled = StickyAssignor.balanceFirst().assign(before);
            GroupView group = RandomGroups.changed(before, settled, new Random(seed));
            int ours = Moves.count(group, StickyAssignor.balanceFirst().assign(group));
            Assignment theirs = KafkaSticky.assign(group);
            int kafkas = Moves.count(group, theirs);
            fewer += ours < kafkas ? 1 : 0;
            if (!Chains.exists(group, theirs)) {
                assertThat(ours)
                        .as("replay: mvn test -pl consumer-groups -am -Dtest=KafkaStickyTest, seed %d", seed)
                        .isLessThanOrEqualTo(kafkas);
            }
        }
        assertThat(fewer).as("groups of which ours moves less").isPositive();
    }
}
