package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.layout.GoneTopic;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.TreeOp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the offsets of topics that are deleted (consumer-groups D8, retention). */
final class GoneTopicsTest {
    private static final int PARTITIONS = 6;
    private static final long RETENTION_MILLIS = 60_000;

    private static SimGroup group(int partitions, long retention) {
        SimGroup group = new SimGroup(1, partitions, config -> config.withOffsetsRetention(retention));
        group.world.checks.kept.retentionMillis = retention > 0 ? retention : Long.MAX_VALUE;
        return group;
    }

    /** With a member, and with offsets of all partitions. */
    private static SimGroup working(int partitions, long retention) {
        SimGroup group = group(partitions, retention);
        group.join();
        group.until(() -> group.offsets() == partitions);
        return group;
    }

    private static boolean isGone(SimGroup group) {
        World world = group.world;
        return world.tree.get(world.paths.offsets(SimGroup.TOPIC)) == null
                && world.tree.get(world.paths.owners(SimGroup.TOPIC)) == null
                && world.tree.get(world.paths.goneTopic(SimGroup.TOPIC)) == null;
    }

    @Test
    void theyGoWhenTheTimeIsOver() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        group.deleteTopic();
        group.world.run(RETENTION_MILLIS - 1_000);
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
        group.world.run(RETENTION_MILLIS / 5 + 2_000);
        assertThat(isGone(group)).isTrue();
    }

    @Test
    void theTimeGoesOnUnderTheNextLeader() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        SimMember other = group.join();
        group.settle();
        group.deleteTopic();
        group.world.run(RETENTION_MILLIS / 2);
        group.members.get(0).kill();
        group.world.run(RETENTION_MILLIS / 2 + RETENTION_MILLIS / 5 + 10_000);
        assertThat(other.machine().isLeader()).isTrue();
        assertThat(isGone(group)).isTrue();
    }

    @Test
    void aTopicThatComesBackInTimeFindsThem() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        group.deleteTopic();
        group.world.run(RETENTION_MILLIS - 5_000);
        assertThat(group.world.tree.get(group.world.paths.goneTopic(SimGroup.TOPIC)))
                .isNotNull();
        group.createTopic();
        group.world.run(3 * RETENTION_MILLIS);
        assertThat(group.world.checks.kept.removals).isZero();
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
        group.allIsWell();
    }

    /** The leader has not seen that the topic was there for a moment, only what was written meanwhile. */
    @Test
    void aMarkSaysNothingAboutWhatIsWrittenAfterIt() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        group.deleteTopic();
        group.world.run(RETENTION_MILLIS - 2_000);
        String offset = group.world.paths.offsets(SimGroup.TOPIC) + "/3";
        group.world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.SetData(offset, new byte[] {'7'}, TreeOp.ANY)));
        group.world.run(RETENTION_MILLIS - 2_000);
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
        group.world.run(RETENTION_MILLIS);
        assertThat(isGone(group)).isTrue();
    }

    @Test
    void aMarkOfAnotherVersionIsLeftAlone() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        String mark = group.world.paths.goneTopic(SimGroup.TOPIC);
        group.deleteTopic();
        group.until(() -> group.world.tree.get(mark) != null);
        assertThat(GoneTopic.read(group.world.tree.get(mark).data)).isPresent();
        byte[] later = "{\"version\":2,\"since\":\"0\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        group.world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.SetData(mark, later, TreeOp.ANY)));
        group.world.run(3 * RETENTION_MILLIS);
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
    }

    @Test
    void whereThereAreNoTopicsAtAllNothingIsKnownToBeGone() {
        SimGroup group = working(PARTITIONS, RETENTION_MILLIS);
        group.deleteTopic();
        group.world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(GroupPaths.TOPICS, TreeOp.ANY)));
        group.world.run(3 * RETENTION_MILLIS);
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
    }

    @Test
    void whoSaysNeverKeepsThem() {
        SimGroup group = working(PARTITIONS, 0);
        group.deleteTopic();
        group.world.run(3 * RETENTION_MILLIS);
        assertThat(group.offsets()).isEqualTo(PARTITIONS);
        assertThat(group.world.tree.get(group.world.paths.goneTopics())).isNull();
    }

    @Test
    void manyPartitionsGoInSeveralTransactions() {
        SimGroup group = working(1_200, RETENTION_MILLIS);
        group.deleteTopic();
        group.world.run(2 * RETENTION_MILLIS);
        assertThat(isGone(group)).isTrue();
        assertThat(group.world.checks.kept.removals).isEqualTo(1_200);
    }
}
