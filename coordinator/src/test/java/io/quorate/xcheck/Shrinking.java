package io.quorate.xcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes a failing round smaller by leaving steps out and trying again on fresh servers, for a limited number of tries. */
final class Shrinking {

    private static final int TRIES_MAX = 25;

    private final Supplier<DifferentialRun> again;
    private int tries;
    private String message = "";

    private Shrinking(Supplier<DifferentialRun> again) {
        this.again = again;
    }

    /** What is left of the steps, for people; empty if {@code again} is null. */
    static String tell(List<Step> steps, Supplier<DifferentialRun> again) {
        if (again == null) {
            return "";
        }
        Shrinking shrinking = new Shrinking(again);
        if (!shrinking.fails(steps)) {
            return "The round alone on fresh servers does not fail: run all rounds up to it.\n";
        }
        List<Step> small = shrinking.shrink(steps);
        StringBuilder text = new StringBuilder("shrunk to " + small.size() + " of " + steps.size() + " steps:\n");
        small.forEach(step -> text.append("  ").append(step).append('\n'));
        return text.append("which fails with: ").append(shrinking.message).toString();
    }

    private List<Step> shrink(List<Step> steps) {
        List<Step> current = steps;
        int chunk = Math.max(1, steps.size() / 2);
        while (tries < TRIES_MAX) {
            List<Step> smaller = withoutOneChunk(current, chunk);
            if (smaller == null && chunk == 1) {
                return current;
            }
            chunk = smaller == null ? Math.max(1, chunk / 2) : chunk;
            current = smaller == null ? current : smaller;
        }
        return current;
    }

    /** The later steps go first: what follows the difference never matters. Null if none can be left out. */
    private List<Step> withoutOneChunk(List<Step> steps, int chunk) {
        for (int to = steps.size(); to > 0 && tries < TRIES_MAX; to -= chunk) {
            List<Step> rest = new ArrayList<>(steps.subList(0, Math.max(0, to - chunk)));
            rest.addAll(steps.subList(to, steps.size()));
            if (fails(rest)) {
                return rest;
            }
        }
        return null;
    }

    private boolean fails(List<Step> steps) {
        tries++;
        try {
            again.get().round(steps);
            return false;
        } catch (DifferenceFound found) {
            message = found.getMessage();
            return true;
        }
    }
}
