package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All members of a group are restarted one by one (consumer-groups F2.7): who has what is counted as in part E. */
final class RollingRestartTest {
    private static final int MEMBERS = Integer.getInteger("quorate.groups.rolling.members", 50);
    private static final int PARTITIONS = 10 * MEMBERS;
    private static final Timing TIMING = new Timing(500, 30_000, 60_000, 60_000, 10_000, 300_000);
    private static final long DOWN_MILLIS = 2_000;

    private final World world = new World(1);
    private final List<SimMember> members = new ArrayList<>();
    private Map<String, String> before = new TreeMap<>();

    /** Twice what each has: away from it, and back to it. */
    @Test
    void dynamicMembersMoveTheirShareAwayAndBack() {
        assertThat(restartAll(false)).isBetween((long) PARTITIONS, 2L * PARTITIONS + MEMBERS);
    }

    @Test
    void staticMembersMoveNothing() {
        assertThat(restartAll(true)).isZero();
    }

    private long restartAll(boolean fixed) {
        world.hostsWork = false;
        topic();
        for (int m = 0; m < MEMBERS; m++) {
            members.add(start(m, fixed));
        }
        world.run(30_000);
        before = clientOfPartition();
        assertThat(before).hasSize(PARTITIONS);
        long moved = 0;
        for (int m = 0; m < MEMBERS; m++) {
            SimMember old = members.get(m);
            old.step(() -> old.machine().leave(false));
            world.run(DOWN_MILLIS);
            moved += moved();
            members.set(m, start(m, fixed));
            world.run(3_000);
            moved += moved();
            assertThat(before).as("after the restart of %d", m).hasSize(PARTITIONS);
        }
        return moved;
    }

    /** Partitions that another member has than at the last look; without an owner is not moved. */
    private long moved() {
        Map<String, String> now = clientOfPartition();
        long moved = now.entrySet().stream()
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .count();
        before.putAll(now);
        return moved;
    }

    /** Partition to the name, across restarts, of who has it. */
    private Map<String, String> clientOfPartition() {
        Map<String, String> clients = new TreeMap<>();
        world.checks.owners().forEach((partition, thread) -> {
            String id = Registration.memberOf(thread);
            clients.put(partition.toString(), id.substring(0, id.indexOf('-')));
        });
        return clients;
    }

    private void topic() {
        StringBuilder body = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (int p = 0; p < PARTITIONS; p++) {
            body.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
        }
        byte[] data = body.append("}}").toString().getBytes(StandardCharsets.UTF_8);
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain(GroupPaths.TOPICS)));
        world.tree.multi(0, List.of(new TreeOp.Create(GroupPaths.topic("t"), data, TreeOp.Kind.PERSISTENT)));
    }

    private SimMember start(int number, boolean fixed) {
        String name = "c" + number;
        GroupConfig config = new GroupConfig("g", Subscription.topics(List.of("t")))
                .with(TIMING)
                .with(fixed ? Identity.fixed(name) : Identity.named(name));
        SimMember member = new SimMember(world, name, config);
        member.start();
        return member;
    }
}
