package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A connection that breaks at the wrong moment takes a watch with it that is not set yet: it has to be set again. */
final class LostWatchTest {
    private static final int PARTITIONS = 6;
    private static final long SETTLED_MILLIS = 15_000;

    private final World world = new World(1);
    private final List<SimMember> members = new ArrayList<>();

    @Test
    void aLeaderThatHadJustBeenElectedSeesWhoJoins() {
        topic();
        SimMember first = join();
        until(() -> first.machine().isLeader());
        first.cut();
        world.run(SETTLED_MILLIS);

        join();
        world.run(SETTLED_MILLIS);

        allIsWell();
    }

    @Test
    void aMemberThatHadJustRegisteredSeesItsTarget() {
        topic();
        join();
        world.run(SETTLED_MILLIS);
        SimMember second = join();
        until(() -> world.tree.children(world.paths.ids()).size() == 2);
        second.cut();
        world.run(SETTLED_MILLIS);

        join();
        world.run(SETTLED_MILLIS);

        allIsWell();
        assertThat(world.checks.evictions).isZero();
    }

    private void until(BooleanSupplier condition) {
        for (int millis = 0; !condition.getAsBoolean(); millis++) {
            assertThat(millis).isLessThan(60_000);
            world.run(1);
        }
    }

    private void topic() {
        String body = "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1],\"2\":[1],\"3\":[1],\"4\":[1],\"5\":[1]}}";
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain(GroupPaths.TOPICS)));
        TreeOp topic =
                new TreeOp.Create(GroupPaths.topic("t"), body.getBytes(StandardCharsets.UTF_8), TreeOp.Kind.PERSISTENT);
        world.tree.multi(0, List.of(topic));
    }

    private SimMember join() {
        GroupConfig config =
                new GroupConfig("g", Subscription.topics(List.of("t"))).with(Identity.named("c" + members.size()));
        SimMember member = new SimMember(world, "m" + members.size(), config);
        members.add(member);
        member.start();
        return member;
    }

    private void allIsWell() {
        Set<TopicPartition> all = new TreeSet<>();
        for (int p = 0; p < PARTITIONS; p++) {
            all.add(new TopicPartition("t", p));
        }
        world.checks.atRest(members, all);
    }
}
