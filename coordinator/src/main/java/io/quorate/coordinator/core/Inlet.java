package io.quorate.coordinator.core;

/** Where events are offered to the core, from any thread. */
public interface Inlet {

    /** False if the core has no room: the caller keeps the event and stops reading where it came from. */
    boolean offer(Event event);
}
