package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of figures and targets. */
final class ScorecardTest {

    private static final Side LEFT = new Side("zookeeper", ServerKind.ZOOKEEPER, List.of(), List.of());
    private static final Side RIGHT = new Side("quorate", ServerKind.QUORATE, List.of(), List.of());

    private final Scorecard card = new Scorecard("Small", List.of(LEFT, RIGHT));

    @Test
    void theLastSideIsJudgedByItsMedian() {
        Goal goal = Goal.atMost("a join, ms", 100, 10);
        for (double value : new double[] {9, 11, 400}) {
            card.add(goal, RIGHT, value);
        }
        card.add(goal, LEFT, 1_000);

        assertThat(card.toString())
                .startsWith("## Small\n\n| Scenario | zookeeper | quorate | must | goal | met |\n")
                .contains("| a join, ms | 1,000 | 11.0 (9.00 to 400) | ≤ 100 | ≤ 10.0 | must |\n");
    }

    @Test
    void targetsAreReachedFromTheRightSide() {
        assertThat(Goal.atMost("time", 100, 10).verdict(10)).isEqualTo("goal");
        assertThat(Goal.atMost("time", 100, 10).verdict(100.1)).isEqualTo("missed");
        assertThat(Goal.atLeast("rate", 10, 100).verdict(100)).isEqualTo("goal");
        assertThat(Goal.atLeast("rate", 10, 100).verdict(11)).isEqualTo("must");
        assertThat(Goal.atLeast("rate", 10, 100).verdict(9)).isEqualTo("missed");
        assertThat(Goal.none("size").verdict(7)).isEmpty();
    }

    @Test
    void aFigureWithoutSideIsOurs() {
        card.add(Goal.none("assignor, ms"), null, 2);

        assertThat(card.toString()).contains("| assignor, ms | – | 2.00 | – | – |  |\n");
    }

    @Test
    void whatFailedIsNamed() {
        assertThat(card.hasFailures()).isFalse();
        card.fail(LEFT, "a join", new IOException("no answer\nat all"));

        assertThat(card.hasFailures()).isTrue();
        assertThat(card.toString()).contains("Failed: zookeeper, a join: java.io.IOException: no answer\n");
    }
}
