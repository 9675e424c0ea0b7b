package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What one join costs a large native group (consumer-groups F3 and G7): a handful of transactions, and few are woken. */
final class JoinCostTest {
    private static final int MEMBERS = Integer.getInteger("quorate.groups.members", 100);
    private static final int PARTITIONS = 10 * MEMBERS;

    private final World world = new World(1);
    private final List<SimMember> members = new ArrayList<>();
    private final SortedMap<String, Integer> subscription = new TreeMap<>();
    private Timing timing = Timing.DEFAULT;

    @Test
    void aJoinMovesWhatItMustAndWakesNobodyElse() {
        start();
        Map<TopicPartition, String> before = world.checks.owners();
        assertThat(before).hasSize(PARTITIONS);
        long transactions = world.transactions;
        world.eventsBySession.clear();

        join();
        world.run(20_000);

        Map<TopicPartition, String> after = world.checks.owners();
        long moved = after.entrySet().stream()
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .count();
        long share = PARTITIONS / (MEMBERS + 1);
        assertThat(after).hasSize(PARTITIONS);
        assertThat(moved).as("partitions moved: the new member's share").isBetween(share, share + 1);
        // The join, one transaction of the leader, a release and a claim for each partition that moves, at worst.
        assertThat(world.transactions - transactions).isLessThanOrEqualTo(2 + 2 * moved);
        // The leader, those who give something up, and the one that gets it.
        assertThat(world.eventsBySession.size()).isLessThanOrEqualTo((int) (2 + moved));
    }

    @Test
    void aDepartureMovesOnlyWhatTheOneHad() {
        start();
        Map<TopicPartition, String> before = world.checks.owners();
        SimMember gone = members.get(MEMBERS / 2);
        int had = gone.host.positions().size();
        world.eventsBySession.clear();

        gone.step(() -> gone.machine().leave(true));
        world.run(20_000);

        Map<TopicPartition, String> after = world.checks.owners();
        long moved = after.entrySet().stream()
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .count();
        assertThat(after).hasSize(PARTITIONS);
        assertThat(moved).isEqualTo(had);
        // The leader, one successor in the election, and those who take something over; the one itself sees its node
        // go.
        assertThat(world.eventsBySession.size()).isLessThanOrEqualTo(3 + had);
    }

    @Test
    void manyThatBeginTogetherDoNotAllMakeTheSameNodes() {
        start(20, 0);
        assertThat(world.checks.owners()).hasSize(PARTITIONS);
        // Each tries to found the group, at worst; registers; and takes its share, which is decided on at most twice.
        assertThat(world.tree.zxid()).isLessThanOrEqualTo(4L * MEMBERS + 20);
    }

    @Test
    void whileMembersRushInTheLeaderWaits() {
        timing = new Timing(200, 30_000, 60_000, 60_000, 10_000, 300_000);
        start(1, 25);
        assertThat(world.checks.owners()).hasSize(PARTITIONS);
        byte[] decided = world.tree.get(world.paths.generation()).data;
        // The first after three initial delays, when one in four is there; one for the others; and one for stragglers.
        assertThat(new String(decided, StandardCharsets.UTF_8)).containsPattern("\"generation\":[123],");
    }

    private void start() {
        start(1, 10);
    }

    private void start(int topics, long apartMillis) {
        world.hostsWork = false;
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain("/brokers/topics")));
        for (int t = 0; t < topics; t++) {
            subscription.put("t" + t, 1);
            StringBuilder body = new StringBuilder("{\"version\":1,\"partitions\":{");
            for (int p = 0; p < PARTITIONS / topics; p++) {
                body.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
            }
            byte[] topic = body.append("}}").toString().getBytes(StandardCharsets.UTF_8);
            world.tree.multi(0, List.of(new TreeOp.Create(GroupPaths.topic("t" + t), topic, TreeOp.Kind.PERSISTENT)));
        }
        for (int m = 0; m < MEMBERS; m++) {
            world.after(m * apartMillis, this::join);
        }
        world.run(MEMBERS * apartMillis + 30_000);
    }

    private void join() {
        GroupConfig config = new GroupConfig("g", Subscription.topics(subscription))
                .with(Identity.named("c" + members.size()))
                .with(timing);
        SimMember member = new SimMember(world, "m" + members.size(), config);
        members.add(member);
        member.start();
    }
}
