package io.quorate.groups.read;

/** Owns the states in which operators see a group (consumer-groups G2). */
public enum GroupState {
    /** There is no such group. */
    DEAD("Dead"),
    /** It has no members; its offsets are there. */
    EMPTY("Empty"),
    /** Some partition is not, or not yet, where it should be. */
    PREPARING_REBALANCE("PreparingRebalance"),
    /** Every partition is where it should be. */
    STABLE("Stable");

    private final String text;

    GroupState(String text) {
        this.text = text;
    }

    /** As operators know it. */
    public String text() {
        return text;
    }
}
