package io.quorate.groups.rebalance;

import io.quorate.groups.rebalance.Timers.Timer;

/** Plans and hands over, again whenever something has changed; one round at a time. */
final class Rounds {
    private static final long INTERRUPTED_MILLIS = 200;
    /** Old consumers wait so long between two tries. */
    private static final long TRY_MILLIS = 2_000;

    private final Context context;
    private final Handover handover;
    private Planner planner;
    private boolean busy;
    private boolean touched;
    private int attempt;
    /** A server could not be asked, or has refused. */
    private final Refusals interruptions;

    private boolean wasBlocked;
    private int ownedBefore;
    private long lastGainAt;
    /** Only the plan that was asked for last is listened to, and none that was asked for before a stop. */
    private int epoch;

    Rounds(Context context, Handover handover) {
        this.context = context;
        this.handover = handover;
        this.interruptions = new Refusals(context, INTERRUPTED_MILLIS);
        handover.onWaiting(() -> {
            if (touched) {
                touch();
            }
        });
    }

    /** Goes on with this planner, from the beginning; what is owned stays. */
    void start(Planner next) {
        stop();
        planner = next;
        touch();
    }

    void stop() {
        planner = null;
        epoch++;
        busy = false;
        touched = false;
        attempt = 0;
        interruptions.over();
        wasBlocked = false;
        handover.abort();
        context.timers.cancel(Timer.MEMBER_ROUND);
        context.timers.cancel(Timer.MEMBER_RECHECK);
    }

    /** What is under way will not be answered: begins anew. */
    void restart() {
        if (planner != null) {
            start(planner);
        }
    }

    /** Something has changed. */
    void touch() {
        if (planner == null) {
            return;
        }
        touched = true;
        if (!busy || handover.isWaiting()) {
            context.timers.within(Timer.MEMBER_ROUND, planner.gatherMillis(), this::begin);
        }
    }

    private void begin() {
        boolean isAnew = busy && touched && handover.isWaiting();
        if ((busy && !isAnew) || planner == null || !context.connected) {
            return;
        }
        busy = true;
        touched = false;
        // A server may fail to answer without losing the connection.
        context.timers.in(Timer.MEMBER_RECHECK, planner.recheckMillis(), this::restart);
        epoch++;
        int mine = epoch;
        planner.plan(planned -> {
            if (mine == epoch) {
                follow(planned);
            }
        });
    }

    /**
     * A host may take long to stop, and who waits for the next change must not wait for this one, too: a run that waits for its
     * host is begun anew, with the next plan. Without one it goes on.
     */
    private void follow(Planner.Planned planned) {
        boolean isWaiting = handover.isWaiting();
        if (handover.isRunning() && !(isWaiting && planned.plan() != null)) {
            touched = true;
            return;
        }
        if (isWaiting) {
            handover.abort();
        }
        busy = true;
        if (planned.plan() != null) {
            handover.run(planned.plan(), this::onDone);
        } else {
            onDone(planned.outcome());
        }
    }

    /** Whether nothing was gained for as long as old consumers take for so many tries, however often we have looked. */
    private boolean isInVain(Handover.Outcome outcome) {
        int owned = context.ownership.all().size();
        boolean isBlocked = outcome == Handover.Outcome.BLOCKED;
        if (!isBlocked || !wasBlocked || owned > ownedBefore) {
            lastGainAt = context.timers.now();
        }
        wasBlocked = isBlocked;
        ownedBefore = owned;
        long patience = planner.retriesMax() * TRY_MILLIS;
        return isBlocked && patience > 0 && context.timers.now() >= lastGainAt + patience;
    }

    private void onDone(Handover.Outcome outcome) {
        busy = false;
        attempt = outcome == Handover.Outcome.DONE ? 0 : attempt + 1;
        if (outcome != Handover.Outcome.INTERRUPTED) {
            interruptions.over();
        }
        if (isInVain(outcome)) {
            // Registered it would keep its share from those who might get it (consumer-groups D5.4).
            context.fate.end(Orders.End.NO_SHARE, "no share in " + planner.retriesMax() + " tries");
            return;
        }
        long wait =
                switch (outcome) {
                    case DONE -> touched ? 0 : -1;
                    case STALE -> 0;
                    case BLOCKED -> touched ? 0 : planner.retryMillis(attempt);
                    case INTERRUPTED -> interruptions.next();
                };
        if (wait >= 0) {
            context.timers.within(Timer.MEMBER_ROUND, wait, this::begin);
        }
        context.timers.in(Timer.MEMBER_RECHECK, planner.recheckMillis(), this::touch);
    }
}
