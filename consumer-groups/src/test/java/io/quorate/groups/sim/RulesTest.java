package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.LegacyPolicy;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rules of consumer-groups D4 to D6 that concern one number or one counter each. */
final class RulesTest {
    private static final Policy COMPAT = Policy.DEFAULT.with(ModeWish.COMPAT);
    private static final int PARTITIONS = 6;

    @Test
    void whoGetsNoShareInSoManyTriesIsNoMemberAnyMore() {
        SimGroup group =
                new SimGroup(1, PARTITIONS, config -> config.with(COMPAT).withRebalanceRetries(4));
        SimMember only = group.join();
        group.settle();
        block(group);
        group.settle();
        assertThat(group.world.trace).anyMatch(line -> line.contains("m1 ended NO_SHARE"));
        assertThat(group.world.tree.children(group.world.paths.ids())).hasSize(1);
        assertThat(only.host.positions())
                .as("what it had is not lost to the group")
                .hasSize(PARTITIONS);
    }

    @Test
    void ifNothingIsSaidItTriesForEver() {
        SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(COMPAT));
        group.join();
        group.settle();
        TopicPartition blocked = block(group);
        group.settle();
        group.world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Delete(group.world.paths.owner(blocked), TreeOp.ANY)));
        group.settle();
        assertThat(group.members.get(1).host.positions()).containsKey(blocked);
    }

    /** A partition that is added belongs to somebody already. */
    private static TopicPartition block(SimGroup group) {
        TopicPartition one = new TopicPartition("t2", 0);
        group.world.tree.multi(Checks.OPERATOR, List.of(TreeOp.plain(group.world.paths.owners("t2"))));
        TreeOp owner = new TreeOp.Create(
                group.world.paths.owner(one), "nobody-0".getBytes(StandardCharsets.UTF_8), TreeOp.Kind.PERSISTENT);
        group.world.tree.multi(Checks.OPERATOR, List.of(owner));
        group.join(Subscription.topics(List.of("t", "t2")));
        byte[] body = "{\"version\":1,\"partitions\":{\"0\":[1]}}".getBytes(StandardCharsets.UTF_8);
        group.world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Create(GroupPaths.topic("t2"), body, TreeOp.Kind.PERSISTENT)));
        group.settle();
        return one;
    }

    @Test
    void anOldConsumerThatIsRejectedRaisesAnAlarm() {
        Policy reject = Policy.DEFAULT.with(LegacyPolicy.REJECT);
        SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(reject));
        group.join();
        group.settle();
        assertThat(group.world.trace).noneMatch(line -> line.contains("alarm"));
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(List.of("t")));
        group.settle();
        assertThat(group.world.trace).anyMatch(line -> line.contains("m0 alarm OLD_CONSUMER_REJECTED"));
        old.leave();
    }

    @Test
    void partitionsWithOneHashRaiseAnAlarm() {
        Policy roundRobin = COMPAT.with(LegacyStrategy.ROUNDROBIN);
        SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(roundRobin));
        // Two names with one hash, as the texts are as long and differ in the middle only.
        for (String topic : List.of("Aa", "BB")) {
            byte[] body = "{\"version\":1,\"partitions\":{\"0\":[1]}}".getBytes(StandardCharsets.UTF_8);
            group.world.tree.multi(
                    Checks.OPERATOR, List.of(new TreeOp.Create(GroupPaths.topic(topic), body, TreeOp.Kind.PERSISTENT)));
        }
        group.join();
        group.settle();
        assertThat(group.world.trace).noneMatch(line -> line.contains("alarm"));
        group.join(Subscription.topics(List.of("Aa", "BB")));
        group.settle();
        assertThat(group.world.trace).anyMatch(line -> line.contains("alarm LEGACY_HASH_TIE"));
    }

    /** If nothing is said it is as long as a session: gone for good within twice that and a little. */
    @Test
    void aStaticMembersShareWaitsForASessionTimeout() {
        Timing timing = Timing.DEFAULT;
        SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(timing)
                .with(Identity.fixed(config.identity().client())));
        SimMember one = group.join();
        SimMember other = group.join();
        group.settle();
        other.kill();
        Predicate<SimMember> hasAll = member -> member.host.positions().size() == PARTITIONS;
        group.world.run(SimMember.SESSION_TIMEOUT + SimMember.SESSION_TIMEOUT / 2);
        assertThat(hasAll.test(one)).isFalse();
        group.world.run(2 * SimMember.SESSION_TIMEOUT);
        assertThat(hasAll.test(one)).isTrue();
    }
}
