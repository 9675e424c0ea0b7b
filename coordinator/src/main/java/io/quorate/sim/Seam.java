package io.quorate.sim;

import io.quorate.coordinator.core.Event;

/** Where a defect is planted: one process of one server, from outside its core. */
public interface Seam {

    long sid();

    Chance chance();

    /** Lets something happen after so many microseconds, if the process lives then. */
    void after(long micros, Runnable action);

    /** Gives the core an event. Not from within one of its calls. */
    void deliver(Event event);
}
