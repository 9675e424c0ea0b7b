package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.Timing;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How long a partition may be nobody's, and a member without its share, when nothing happens any more: G5 and G10 with the bounds
 * that end part E of consumer-groups. Every change of members or topics begins anew, also the end of a dead member's session.
 */
final class RestBounds {
    private static final long ROUNDS_MILLIS = 1_000;
    /** Four tries of an old consumer, two seconds apart, and two seconds. */
    private static final long OLD_MILLIS = 4 * 2_000 + 2_000;

    private final World world;
    private final Timing timing;

    RestBounds(World world, Timing timing) {
        this.world = world;
        this.timing = timing;
    }

    /** Looks, and throws if something has been amiss for too long. */
    void check(List<SimMember> members, Set<TopicPartition> wanted, boolean withOld) {
        long waited = world.now() - world.happenedAt();
        long bound = boundMillis(members, withOld);
        if (waited <= bound) {
            return;
        }
        Set<TopicPartition> unowned = world.checks.unowned(wanted);
        if (!unowned.isEmpty()) {
            throw new Violation("G5: nobody owns " + unowned + " after " + waited + " ms, bound is " + bound);
        }
        Set<String> emptyHanded = world.checks.emptyHanded();
        if (!emptyHanded.isEmpty()) {
            throw new Violation(
                    "G10: nothing is owned by " + emptyHanded + " after " + waited + " ms, bound is " + bound);
        }
    }

    private long boundMillis(List<SimMember> members, boolean withOld) {
        long bound = timing.revokeTimeout() + ROUNDS_MILLIS;
        if (withOld) {
            bound = Math.max(bound, OLD_MILLIS);
        }
        if (members.stream().anyMatch(SimMember::isStillUnnoticed)) {
            bound = Math.max(bound, SimMember.SESSION_TIMEOUT + World.TICK + ROUNDS_MILLIS);
        }
        return isOneAwaited(members) ? Math.max(bound, timing.staticGrace() + ROUNDS_MILLIS) : bound;
    }

    /** Whether what a static member had waits for it; not if it has left for good, and taken its target with it. */
    private boolean isOneAwaited(List<SimMember> members) {
        Set<String> gone = new TreeSet<>();
        Set<String> there = new TreeSet<>();
        for (SimMember each : members) {
            String instance = each.config.identity().instance();
            if (instance != null) {
                (each.isThere() ? there : gone).add(instance);
            }
        }
        gone.removeAll(there);
        return gone.stream().anyMatch(each -> world.tree.get(world.paths.target(each)) != null);
    }
}
