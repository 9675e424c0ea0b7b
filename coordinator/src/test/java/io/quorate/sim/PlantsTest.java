package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.plant.Plants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known defect is found, by how many seeds is printed. Otherwise the silence of the simulator would mean nothing. */
final class PlantsTest {

    private static final int TRIES = Integer.getInteger("quorate.sim.plantTries", 3);
    private static final long SEEDS_MAX = 200;
    private static final long TRY_APART = 1000;

    static List<String> defects() {
        return Plants.names();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void isFound(String defect) {
        List<Long> needed = new ArrayList<>();
        String example = "";
        for (int i = 0; i < TRIES; i++) {
            long from = 1 + i * TRY_APART;
            SeedResult found = firstBad(defect, from);
            assertThat(found)
                    .as("%s within %d seeds from %d", defect, SEEDS_MAX, from)
                    .isNotNull();
            needed.add(found.seed() - from + 1);
            example = found.violation().getMessage();
        }
        Collections.sort(needed);
        System.out.printf(
                "%s: found after %d seeds (median of %d), as: %s%n",
                defect,
                needed.get(needed.size() / 2),
                TRIES,
                example.lines().findFirst().orElse(""));
    }

    private static SeedResult firstBad(String defect, long from) {
        for (long seed = from; seed < from + SEEDS_MAX; seed++) {
            SeedResult result = SeedRun.run(seed, Plants.make(defect), false);
            if (!result.isGood()) {
                return result;
            }
        }
        return null;
    }
}
