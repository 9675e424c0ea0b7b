package io.quorate.coordinator.runtime;

/**
 * What follows a batch of events, in this order. Given by the composition root, for the runtime knows no edge.
 *
 * @param flush sends what the core ordered for clients and other members
 * @param log appends and syncs what waits, if the core's thread does that itself; else does nothing
 * @param resume lets clients go on that waited for room
 * @param resumeLinks lets links with other members go on that waited for room in the log
 */
public record Duties(Runnable flush, Runnable log, Runnable resume, Runnable resumeLinks) {}
