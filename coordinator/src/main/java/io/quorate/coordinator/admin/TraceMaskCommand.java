package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import java.util.concurrent.atomic.AtomicLong;

/** Tells or sets the trace mask, a number that the reference keeps for its own log and that means nothing here. */
final class TraceMaskCommand implements AdminCommand {

    /** What the mask is at first. */
    static final long DEFAULT = 306;

    private final AtomicLong mask;
    private final boolean sets;

    TraceMaskCommand(AtomicLong mask, boolean sets) {
        this.mask = mask;
        this.sets = sets;
    }

    @Override
    public String name() {
        return sets ? "stmk" : "gtmk";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public int argumentBytes() {
        return sets ? Long.BYTES : 0;
    }

    @Override
    public String run(ServerView view, long argument) {
        if (sets) {
            mask.set(argument);
        }
        return Long.toString(mask.get());
    }
}
