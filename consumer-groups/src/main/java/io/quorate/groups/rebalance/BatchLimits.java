package io.quorate.groups.rebalance;

/**
 * How much of a kind a member puts into one request, or sends before it waits for answers. Members use {@link #DEFAULT}; runs
 * in virtual time use small ones, so that few partitions reach them.
 *
 * @param handover partitions of a release or a claim (consumer-groups D3)
 * @param commit offsets of a commit (D8)
 * @param look partitions above which a claim is tried without looking first (D3, cold start)
 * @param window single questions that wait for an answer at a time; far below what a client lets wait
 */
public record BatchLimits(int handover, int commit, int look, int window) {
    /** As the specification says. */
    public static final BatchLimits DEFAULT = new BatchLimits(200, 500, 50, 500);

    public BatchLimits {
        if (handover < 1 || commit < 1 || look < 0 || window < 1) {
            throw new IllegalArgumentException("must be positive: " + handover + ", " + commit + ", " + window);
        }
    }
}
