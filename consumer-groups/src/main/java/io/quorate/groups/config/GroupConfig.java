package io.quorate.groups.config;

import io.quorate.groups.assignor.Assignor;
import io.quorate.groups.assignor.Assignors;
import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Everything a member is told before it joins. Immutable.
 *
 * @param group its name
 * @param subscription what it wants
 * @param identity who it is
 * @param policy how it decides
 * @param timing how long it waits
 * @param limits when it gives up
 */
public record GroupConfig(
        String group, Subscription subscription, Identity identity, Policy policy, Timing timing, Limits limits) {

    public GroupConfig {
        if (!GroupPaths.isName(group)) {
            throw new IllegalArgumentException("not the name of a group: " + group);
        }
        Objects.requireNonNull(subscription);
    }

    /** With everything else as it is when nothing is said. */
    public GroupConfig(String group, Subscription subscription) {
        this(group, subscription, Identity.DEFAULT, Policy.DEFAULT, Timing.DEFAULT);
    }

    /** With the limits as they are when nothing is said. */
    public GroupConfig(String group, Subscription subscription, Identity identity, Policy policy, Timing timing) {
        this(group, subscription, identity, policy, timing, Limits.DEFAULT);
    }

    /** The same with another identity. */
    public GroupConfig with(Identity other) {
        return new GroupConfig(group, subscription, other, policy, timing, limits);
    }

    /** The same with another policy. */
    public GroupConfig with(Policy other) {
        return new GroupConfig(group, subscription, identity, other, timing, limits);
    }

    /** The same with other times. */
    public GroupConfig with(Timing other) {
        return new GroupConfig(group, subscription, identity, policy, other, limits);
    }

    /** The same with offsets of topics that are gone kept for another time, in milliseconds; 0 or less for ever. */
    public GroupConfig withOffsetsRetention(long millis) {
        return with(new Limits(millis, limits.rebalanceRetries()));
    }

    /** The same, giving up after so many tries to get a share in compat mode; 0 for never. */
    public GroupConfig withRebalanceRetries(int retries) {
        return with(new Limits(limits.offsetsRetention(), retries));
    }

    private GroupConfig with(Limits other) {
        return new GroupConfig(group, subscription, identity, policy, timing, other);
    }

    /** {@link Limits#offsetsRetention}. */
    public long offsetsRetention() {
        return limits.offsetsRetention();
    }

    /**
     * When a member gives up.
     *
     * @param offsetsRetention how long it keeps, as the leader, offsets of topics that no longer exist: in milliseconds since a
     *     leader noticed; 0 or less for ever (Kafka's {@code offsets.retention.minutes} is about the same, and 24 h here)
     * @param rebalanceRetries for how many tries of 2 s, in compat mode, it may gain nothing of a share that others hold before it
     *     ends; 0 for always
     *     (the old {@code rebalance.max.retries}, after which a member stayed registered and its share was nobody's)
     */
    public record Limits(long offsetsRetention, int rebalanceRetries) {
        /** 24 h, and always. */
        public static final Limits DEFAULT = new Limits(TimeUnit.HOURS.toMillis(24), 0);
    }

    /**
     * Who a member is.
     *
     * @param client a name for operators, part of the member id
     * @param instance its name across restarts, which makes it a static member; null for a dynamic one
     * @param rack where it is, or null
     * @param host for operators, or null
     * @param leaderEligible whether it may lead the group
     */
    public record Identity(String client, String instance, String rack, String host, boolean leaderEligible) {
        /** A dynamic member without a rack. */
        public static final Identity DEFAULT = new Identity("consumer", null, null, null, true);

        public Identity {
            if (!GroupPaths.isName(client) || (instance != null && !GroupPaths.isName(instance))) {
                throw new IllegalArgumentException(
                        "only letters, digits, '.', '_' and '-': " + client + ", " + instance);
            }
        }

        /** A dynamic member of that name. */
        public static Identity named(String client) {
            return new Identity(client, null, null, null, true);
        }

        /** A static member: it keeps its partitions over a restart within the grace period. */
        public static Identity fixed(String instance) {
            return new Identity(instance, instance, null, null, true);
        }
    }

    /** Which mode a member wants the group to be in. */
    public enum ModeWish {
        /** Native where that is possible, else compat (consumer-groups D1). */
        AUTO,
        /** Compat: registers like an old consumer, so that native groups go over to compat. */
        COMPAT,
        /** Native or nothing: refuses to join a group in compat mode. */
        NATIVE
    }

    /** What the leader of a native group does about an old consumer. */
    public enum LegacyPolicy {
        /** The group goes over to compat. */
        DOWNGRADE,
        /** The group stays native; the old consumer gets nothing. */
        REJECT
    }

    /** What to do when somebody else has moved the offset of a partition that is owned. */
    public enum ExternalOffset {
        /** Go on from there. */
        ADOPT,
        /** Commit over it. */
        OVERWRITE,
        /** Fail the commit. */
        FAIL
    }

    /**
     * How a member decides.
     *
     * @param mode in which it wants the group
     * @param assignor of native groups
     * @param legacyStrategy of groups in compat mode; must be that of the old consumers in it
     * @param legacyPolicy what its leader does about old consumers
     * @param externalOffset what it does about offsets moved by others
     * @param excludeInternalTopics whether expressions pass over Kafka's own topics
     */
    public record Policy(
            ModeWish mode,
            Assignor assignor,
            LegacyStrategy legacyStrategy,
            LegacyPolicy legacyPolicy,
            ExternalOffset externalOffset,
            boolean excludeInternalTopics) {
        /** Auto, sticky, range, downgrade, adopt, without internal topics. */
        public static final Policy DEFAULT = new Policy(
                ModeWish.AUTO,
                Assignors.named("sticky"),
                LegacyStrategy.RANGE,
                LegacyPolicy.DOWNGRADE,
                ExternalOffset.ADOPT,
                true);

        public Policy {
            Objects.requireNonNull(assignor.name());
        }

        /** The same with another wish. */
        public Policy with(ModeWish wish) {
            return new Policy(wish, assignor, legacyStrategy, legacyPolicy, externalOffset, excludeInternalTopics);
        }

        /** The same with another policy about offsets. */
        public Policy with(ExternalOffset external) {
            return new Policy(mode, assignor, legacyStrategy, legacyPolicy, external, excludeInternalTopics);
        }

        /** The same with another policy about old consumers. */
        public Policy with(LegacyPolicy legacy) {
            return new Policy(mode, assignor, legacyStrategy, legacy, externalOffset, excludeInternalTopics);
        }

        /** The same with another strategy for compat mode. */
        public Policy with(LegacyStrategy strategy) {
            return new Policy(mode, assignor, strategy, legacyPolicy, externalOffset, excludeInternalTopics);
        }
    }

    /**
     * How long a member waits; all in milliseconds. What is longer than ten years counts as ten years, so that
     * {@link Long#MAX_VALUE} may be given for never. Negative times are refused but for {@code staticGrace}, and so is 0 for the
     * three timeouts {@code revokeTimeout}, {@code rebalanceTimeout} and {@code liveness}.
     *
     * @param initialDelay of the first decision in an empty group, extended by each join up to three times
     * @param revokeTimeout how long the host may take to give partitions up; at most 3 s count in compat mode
     * @param rebalanceTimeout after which a member that holds what it must not is thrown out
     * @param staticGrace how long the partitions of a static member wait for it; negative for as long as the session timeout
     *     of whoever leads
     * @param upgradeDelay how long a group must be without old consumers before it goes native
     * @param liveness after how long without a heartbeat of its host a member leaves
     */
    public record Timing(
            long initialDelay,
            long revokeTimeout,
            long rebalanceTimeout,
            long staticGrace,
            long upgradeDelay,
            long liveness) {
        /** Sums of times with this still fit into a number. */
        private static final long MILLIS_MAX = TimeUnit.DAYS.toMillis(3_650);

        /** 0.5 s, 30 s, 60 s, the session timeout, 10 s, 5 min. */
        public static final Timing DEFAULT = new Timing(500, 30_000, 60_000, -1, 10_000, 300_000);

        public Timing {
            initialDelay = checked("initialDelay", initialDelay, 0);
            revokeTimeout = checked("revokeTimeout", revokeTimeout, 1);
            rebalanceTimeout = checked("rebalanceTimeout", rebalanceTimeout, 1);
            staticGrace = Math.min(staticGrace, MILLIS_MAX);
            upgradeDelay = checked("upgradeDelay", upgradeDelay, 0);
            liveness = checked("liveness", liveness, 1);
        }

        private static long checked(String name, long millis, long min) {
            if (millis < min) {
                throw new IllegalArgumentException(name + " is " + millis + " ms, and must be at least " + min);
            }
            return Math.min(millis, MILLIS_MAX);
        }
    }
}
