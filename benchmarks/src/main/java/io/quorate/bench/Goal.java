package io.quorate.bench;

/**
 * One figure of a scorecard and what it has to be.
 *
 * @param figure what is measured, with its unit
 * @param must fails the project when missed; {@link Double#NaN} for a figure that is only told
 * @param goal what is aimed at
 * @param moreIsBetter whether the figure must be at least that; at most, otherwise
 */
record Goal(String figure, double must, double goal, boolean moreIsBetter) {

    /** A figure that must not be larger. */
    static Goal atMost(String figure, double must, double goal) {
        return new Goal(figure, must, goal, false);
    }

    /** A figure that must not be smaller. */
    static Goal atLeast(String figure, double must, double goal) {
        return new Goal(figure, must, goal, true);
    }

    /** A figure that nobody has set a target for. */
    static Goal none(String figure) {
        return new Goal(figure, Double.NaN, Double.NaN, false);
    }

    /** Which of its targets a value reaches. */
    String verdict(double value) {
        if (Double.isNaN(must)) {
            return "";
        } else if (reaches(value, goal)) {
            return "goal";
        }
        return reaches(value, must) ? "must" : "missed";
    }

    private boolean reaches(double value, double target) {
        return moreIsBetter ? value >= target : value <= target;
    }
}
