package io.quorate.xcheck;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owns the memory of the last steps, to be told when a run fails. */
final class Trail {

    private static final int STEPS_MAX = 20;

    private final Deque<Step> steps = new ArrayDeque<>();
    private long count;

    void add(Step step) {
        count++;
        steps.addLast(step);
        if (steps.size() > STEPS_MAX) {
            steps.removeFirst();
        }
    }

    String tell() {
        StringBuilder text = new StringBuilder();
        long number = count - steps.size();
        for (Step step : steps) {
            number++;
            text.append("  ").append(number).append(". ").append(step).append('\n');
        }
        return text.toString();
    }
}
