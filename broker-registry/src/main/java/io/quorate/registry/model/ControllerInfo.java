package io.quorate.registry.model;

/**
 * Who says that it is the controller (registry spec 1.4).
 *
 * @param brokerId which broker
 * @param timestampMillis when it was elected by its own clock, since 1970; -1 if it does not say
 * @param kraftEpoch more than 0 while a migration to KRaft owns the tree; else -1
 */
public record ControllerInfo(int brokerId, long timestampMillis, int kraftEpoch) {
    /** Whether another system owns the tree: nobody may become controller or change configurations (registry spec 1.8). */
    public boolean isMigration() {
        return kraftEpoch > 0;
    }
}
