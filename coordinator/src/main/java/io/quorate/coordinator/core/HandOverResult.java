package io.quorate.coordinator.core;

/**
 * What came of a hand-over that an operator asked for.
 *
 * @param refusal why nothing was done, or why another server leads than was meant to; null if it came about
 * @param successor who leads now, −1 if that is not known
 * @param millis from the order until this server served under its successor, or until it was given up
 */
public record HandOverResult(String refusal, long successor, long millis) {

    /** True if another server leads now, as was asked for. */
    public boolean isDone() {
        return refusal == null;
    }
}
