package io.quorate.registry.presence;

/**
 * What to do when another session has registered our id (registry spec 4.3).
 *
 * @param waitMillis how long to wait until the node is gone, if it is from an earlier life of ours, or if the
 *     server does not show whose it is; 0 to fail at once
 */
public record ConflictPolicy(long waitMillis) {
    /** As brokers do that nobody here wrote: fail, whoever it is. */
    public static final ConflictPolicy FAIL_FAST = new ConflictPolicy(0);

    /** By how much the node of a dead process may outlive its session timeout. */
    private static final long GRACE_MILLIS = 2_000;

    /** Wait as long as it can take until the session of an earlier process is over. */
    public static ConflictPolicy waiting(long sessionTimeoutMillis) {
        return new ConflictPolicy(sessionTimeoutMillis + GRACE_MILLIS);
    }
}
