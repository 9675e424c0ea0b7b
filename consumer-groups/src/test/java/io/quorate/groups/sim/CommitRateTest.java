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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What commits cost a group at rest (consumer-groups D8 and F3): one transaction for each member and interval. */
final class CommitRateTest {
    private static final int MEMBERS = 4;
    private static final int SECONDS = 100;
    private static final int INTERVAL_SECONDS = 5;

    private final World world = new World(7);
    private final List<SimMember> members = new ArrayList<>();
    private long offset;

    @Test
    void offsetsThatKeepComingAreCommittedOnceInAnInterval() {
        start();
        long before = world.transactions;
        world.after(0, this::stageAll);
        world.run(SECONDS * 1_000L);
        int intervals = MEMBERS * SECONDS / INTERVAL_SECONDS;
        assertThat(world.transactions - before).isBetween((long) intervals - MEMBERS, (long) intervals + MEMBERS);
    }

    private void stageAll() {
        offset++;
        for (SimMember each : members) {
            Map<TopicPartition, Long> offsets = new TreeMap<>();
            each.host.positions().keySet().forEach(partition -> offsets.put(partition, offset));
            each.stage(offsets);
            each.step(each.machine()::heartbeat);
        }
        world.after(100, this::stageAll);
    }

    private void start() {
        world.hostsWork = false;
        byte[] topic = "{\"version\":1,\"partitions\":{\"0\":[1],\"1\":[1],\"2\":[1],\"3\":[1]}}"
                .getBytes(StandardCharsets.UTF_8);
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain("/brokers/topics")));
        world.tree.multi(0, List.of(new TreeOp.Create(GroupPaths.topic("t"), topic, TreeOp.Kind.PERSISTENT)));
        for (int m = 0; m < MEMBERS; m++) {
            GroupConfig config = new GroupConfig("g", Subscription.topics(List.of("t"))).with(Identity.named("c" + m));
            SimMember member = new SimMember(world, "m" + m, config);
            members.add(member);
            member.start();
        }
        world.run(30_000);
        assertThat(world.checks.owners()).hasSize(4);
    }
}
