package io.quorate.groups.rebalance;

import java.util.Optional;
import java.util.function.Consumer;

/** Finds out what a member should own; one for each mode. */
interface Planner {
    /** Asks the tree; {@code then} gets nothing if there is nothing to do before something changes. */
    void plan(Consumer<Optional<Handover.Plan>> then);

    /** For how long to gather what changes before looking. */
    long gatherMillis();

    /** After how long to look again while others hold what is planned; told of their nodes' deletion earlier. */
    long retryMillis(int attempt);

    /** After how long to look even if nothing seems to have changed. */
    long recheckMillis();
}
