package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulerTest {

    private static final int ACTIONS = 5000;

    private record Given(long micros, int number) {}

    @Test
    void whatIsDueHappensInTimeAndThenInTheOrderItWasGiven() {
        Scheduler time = new Scheduler();
        Chance chance = new Chance(1);
        List<Given> given = new ArrayList<>();
        List<Given> happened = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            Given each = new Given(chance.below(300), i);
            given.add(each);
            time.at(each.micros(), () -> {
                assertThat(time.nowMicros()).isEqualTo(each.micros());
                happened.add(each);
            });
        }

        while (time.step(1000)) {
            // the next one
        }

        given.sort(Comparator.comparingLong(Given::micros).thenComparingInt(Given::number));
        assertThat(happened).isEqualTo(given);
        assertThat(time.nowMicros()).isEqualTo(1000);
    }

    @Test
    void whatIsOrderedMeanwhileTakesItsPlace() {
        Scheduler time = new Scheduler();
        List<String> happened = new ArrayList<>();
        time.at(10, () -> {
            happened.add("a");
            time.at(3, () -> happened.add("late, so now"));
            time.after(5, () -> happened.add("c"));
        });
        time.at(12, () -> happened.add("b"));
        time.at(40, () -> happened.add("not yet"));

        while (time.step(20)) {
            // the next one
        }

        assertThat(happened).containsExactly("a", "late, so now", "b", "c");
    }
}
