package io.quorate.groups.rebalance;

/** How long to wait before something is tried again that a server keeps refusing: longer each time, up to some seconds. */
final class Refusals {
    private static final int DOUBLINGS = 5;

    private final Context context;
    private final long firstMillis;
    private int inARow;

    /** @param firstMillis what is waited after any other failure, too */
    Refusals(Context context, long firstMillis) {
        this.context = context;
        this.firstMillis = firstMillis;
    }

    /** After how many milliseconds to try again; what an operator has to remove is said once. */
    long retryMillis(String what, Answer answer) {
        if (!answer.isLasting()) {
            return firstMillis;
        }
        context.complain(what, answer);
        return next();
    }

    /** Counts another refusal, and says after how many milliseconds to try again. */
    long next() {
        long wait = firstMillis << Math.min(DOUBLINGS, inARow);
        inARow++;
        return wait;
    }

    /** Whether none was counted since it was done, or begun. */
    boolean isNone() {
        return inARow == 0;
    }

    /** It was done. */
    void over() {
        inARow = 0;
    }
}
