package io.quorate.groups.rebalance;

import java.util.function.Consumer;

/** Tells what belongs to the present run of something from what comes late of an earlier one, which is not listened to. */
final class CurrentRun {
    private int number;

    /** What was under way does not count any more. */
    void next() {
        number++;
    }

    /** Does nothing if another run has begun by then. */
    <T> Consumer<T> only(Consumer<T> then) {
        int mine = number;
        return answer -> {
            if (mine == number) {
                then.accept(answer);
            }
        };
    }

    /** Does nothing if another run has begun by then. */
    Runnable only(Runnable then) {
        int mine = number;
        return () -> {
            if (mine == number) {
                then.run();
            }
        };
    }
}
