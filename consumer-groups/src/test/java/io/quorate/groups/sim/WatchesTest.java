package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who is told of what: members of a group in native mode of nothing that is only the leader's business (consumer-groups G7, A4). */
final class WatchesTest {
    private static final Timing QUICK = new Timing(200, 3_000, 60_000, 60_000, 2_000, 300_000);
    private static final int MEMBERS = 30;
    private static final int PARTITIONS = 60;

    private final SimGroup group = new SimGroup(1, PARTITIONS, config -> config.with(QUICK));

    /** In compat mode everybody watches everything; that must end with it. */
    @Test
    void aJoinWakesFewInAGroupThatWasCompat() {
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(List.of(SimGroup.TOPIC)));
        for (int i = 0; i < MEMBERS; i++) {
            group.join();
        }
        group.settle();
        assertThat(group.members).allMatch(each -> each.machine().mode() == GroupMode.COMPAT);
        old.leave();
        group.settle();
        assertThat(group.members).allMatch(each -> each.machine().mode() == GroupMode.NATIVE);
        group.world.eventsBySession.clear();

        group.join();
        group.settle();

        int moved = PARTITIONS / (MEMBERS + 1) + 1;
        assertThat(group.world.eventsBySession.size()).isLessThanOrEqualTo(2 + moved);
        group.allIsWell();
    }

    @Test
    void namesOfTopicsAreWatchedForExpressionsOnly() {
        group.join();
        group.settle();
        assertThat(watchedBy(group.members.get(0))).doesNotContain(GroupPaths.TOPICS);

        SimMember curious = start(group, config -> new GroupConfig("g", Subscription.whiteList("t.*", 1)));
        group.settle();
        assertThat(watchedBy(group.members.get(0))).contains(GroupPaths.TOPICS);
        createTopic("t2");
        group.settle();
        assertThat(curious.host.positions().keySet())
                .anyMatch(each -> each.topic().equals("t2"));
        assertThat(watchedBy(group.members.get(0))).contains(GroupPaths.topic("t2"));

        curious.step(() -> curious.machine().leave(true));
        group.settle();
        assertThat(watchedBy(group.members.get(0)))
                .contains(GroupPaths.topic(SimGroup.TOPIC))
                .doesNotContain(GroupPaths.TOPICS, GroupPaths.topic("t2"));
        group.allIsWell();
    }

    /** A server that is away for a moment must not leave a watch behind for ever. */
    @Test
    void aWatchWhoseRemovalFailsIsRemovedLater() {
        group.join();
        group.settle();
        for (int millis = 0; millis < 100; millis += 5) {
            SimMember curious = start(group, config -> new GroupConfig("g", Subscription.topics(List.of("t", "t2"))));
            group.settle();
            assertThat(watchedBy(group.members.get(0))).contains(GroupPaths.topic("t2"));
            curious.step(() -> curious.machine().leave(true));
            group.world.run(millis);
            group.members.get(0).cut();
            group.settle();
            assertThat(watchedBy(group.members.get(0)))
                    .as("cut after %d ms", millis)
                    .doesNotContain(GroupPaths.topic("t2"));
        }
    }

    /** Nobody can compute with it, and asking five times a second does not help. */
    @Test
    void aBodyThatNobodyCanReadIsAskedForLessAndLess() {
        Policy compat = Policy.DEFAULT.with(ModeWish.COMPAT);
        SimMember one = start(group, config -> new GroupConfig("g", Subscription.topics(List.of("t"))).with(compat));
        group.settle();
        assertThat(one.machine().mode()).isEqualTo(GroupMode.COMPAT);
        String id = group.world.paths.id("g_odd");
        TreeOp odd = new TreeOp.Create(id, "odd".getBytes(StandardCharsets.UTF_8), TreeOp.Kind.PERSISTENT);
        group.world.tree.multi(0, List.of(odd));
        group.settle();
        long before = group.world.tree.reads();
        group.world.run(60_000);
        assertThat(group.world.tree.reads() - before).as("in a minute").isLessThan(150);

        String body = "{\"version\":1,\"subscription\":{\"other\":1},\"pattern\":\"static\",\"timestamp\":\"1\"}";
        group.world.tree.multi(0, List.of(new TreeOp.SetData(id, body.getBytes(StandardCharsets.UTF_8), TreeOp.ANY)));
        group.join();
        group.world.run(8_000);
        assertThat(one.host.positions())
                .as("shared with the one that came last")
                .hasSize(PARTITIONS / 2);
    }

    /** The id of an old consumer comes back with another body: what was read before counts no more. */
    @Test
    void anOldConsumerThatWantsSomethingElseIsReadAnew() {
        createTopic("t2");
        OldConsumer old = new OldConsumer(group.world, "g_old", Subscription.topics(List.of("t2")));
        SimMember one = group.join();
        group.settle();
        assertThat(one.host.positions()).hasSize(PARTITIONS);
        old.leave();
        OldConsumer again = new OldConsumer(group.world, "g_old", Subscription.topics(List.of("t")));
        group.settle();
        assertThat(one.host.positions()).hasSize(PARTITIONS / 2);
        again.leave();
        group.settle();
        assertThat(one.host.positions()).hasSize(PARTITIONS);
    }

    private Set<String> watchedBy(SimMember member) {
        return group.world.tree.watchedBy(member.sessionId());
    }

    private void createTopic(String name) {
        byte[] body = "{\"version\":1,\"partitions\":{\"0\":[1]}}".getBytes(StandardCharsets.UTF_8);
        group.world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Create(GroupPaths.topic(name), body, TreeOp.Kind.PERSISTENT)));
    }

    private static SimMember start(SimGroup group, UnaryOperator<GroupConfig> config) {
        GroupConfig other = config.apply(null).with(QUICK).with(Identity.named("c" + group.members.size()));
        SimMember member = new SimMember(group.world, "m" + group.members.size(), other);
        group.members.add(member);
        member.start();
        return member;
    }
}
