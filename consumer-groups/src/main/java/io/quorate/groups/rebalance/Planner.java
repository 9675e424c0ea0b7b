package io.quorate.groups.rebalance;

import io.quorate.groups.rebalance.Handover.Outcome;
import java.util.function.Consumer;

/** Finds out what a member should own; one for each mode. */
interface Planner {
    /**
     * What came of asking the tree.
     *
     * @param plan what should be owned; null if there is none
     * @param outcome how the round ends without a plan
     */
    record Planned(Handover.Plan plan, Outcome outcome) {
        /** There is nothing to do before something changes. */
        static final Planned NOTHING = new Planned(null, Outcome.DONE);

        /** Nobody can plan with what stands there; to be tried again less and less often. */
        static final Planned BLOCKED = new Planned(null, Outcome.BLOCKED);

        /** The tree could not be read; to be tried again, less and less often. */
        static final Planned INTERRUPTED = new Planned(null, Outcome.INTERRUPTED);

        /** As {@link #INTERRUPTED}, and if a server has refused to show what a plan follows from, that is said. */
        static Planned unread(Context context, Answer failure) {
            if (failure.isRefusal()) {
                context.complain("what a member's share follows from", failure);
            }
            return INTERRUPTED;
        }

        static Planned of(Handover.Plan plan) {
            return new Planned(plan, Outcome.DONE);
        }
    }

    /** Asks the tree; {@code then} is called once, unless the member's life ends with it. */
    void plan(Consumer<Planned> then);

    /** For how long to gather what changes before looking. */
    long gatherMillis();

    /** After how long to look again while others hold what is planned; told of their nodes' deletion earlier. */
    long retryMillis(int attempt);

    /** How often to try again while others hold what is planned, before the member ends; 0 for always. */
    int retriesMax();

    /** After how long to look even if nothing seems to have changed. */
    long recheckMillis();
}
