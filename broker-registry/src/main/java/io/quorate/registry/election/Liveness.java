package io.quorate.registry.election;

/** Which brokers can hold a partition. */
public interface Liveness {
    /** Whether the broker is registered, and its directory for this partition has not failed. It may be about to stop. */
    boolean isAlive(int broker);

    /** Whether the broker is about to stop, so that it should lead and follow nothing. */
    boolean isStopping(int broker);

    /** Whether the broker is alive and stays so. */
    default boolean isServing(int broker) {
        return isAlive(broker) && !isStopping(broker);
    }
}
