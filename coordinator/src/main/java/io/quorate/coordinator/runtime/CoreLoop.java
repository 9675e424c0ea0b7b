package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Inlet;

/** A core that runs somewhere: events go in, and after each batch its {@link Duties} are done. */
public interface CoreLoop extends Inlet {

    /** Begins to serve; the duties must be known by now. */
    void start(Duties duties);

    /** Runs something on the core's thread, between events, and does the duties after it. Any thread. */
    void execute(Runnable action);
}
