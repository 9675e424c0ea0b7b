package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.check.Violation;
import io.quorate.sim.plant.Plants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every known defect is found. By how many seeds, and by which property, is printed as a row of a table. Otherwise the silence
 * of the simulator would mean nothing.
 */
final class PlantsTest {

    private static final int TRIES = Integer.getInteger("quorate.sim.plantTries", 3);
    private static final long SEEDS_MAX = Long.getLong("quorate.sim.plantSeeds", 200);
    private static final long TRY_APART = 1000;

    static List<String> defects() {
        return Plants.names();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void isFound(String defect) {
        List<Long> needed = new ArrayList<>();
        List<Long> missedFrom = new ArrayList<>();
        Map<String, Integer> finders = new TreeMap<>();
        for (int i = 0; i < TRIES; i++) {
            long from = 1 + i * TRY_APART;
            SeedResult found = firstBad(defect, from);
            if (found == null) {
                missedFrom.add(from);
                needed.add(SEEDS_MAX);
            } else {
                needed.add(found.seed() - from + 1);
                finders.merge(finder(found.violation()), 1, Integer::sum);
            }
        }
        Collections.sort(needed);
        System.out.printf(
                "| `%s` | %d | %d | %d | %s |%n",
                defect, needed.get(needed.size() / 2), needed.get(0), needed.get(needed.size() - 1), finders);

        assertThat(missedFrom)
                .as("%s within %d seeds from each of these", defect, SEEDS_MAX)
                .isEmpty();
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

    /** The class of the property that did not hold; of the simulator, for what each run must come to. */
    private static String finder(Throwable violation) {
        for (StackTraceElement frame : violation.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.equals(Violation.class.getName()) && !name.equals(Cluster.class.getName())) {
                return name.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
            }
        }
        return violation.toString();
    }
}
