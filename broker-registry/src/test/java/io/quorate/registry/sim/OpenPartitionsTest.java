package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.OpenPartitions;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a standby would have to look at if it were elected (registry spec 13.4), while the controller is cut off. */
final class OpenPartitionsTest implements SimSession.Owner {
    private static final long STANDBY = 7;

    private final SimOffice office = new SimOffice(4);
    private final ClusterImage image = new ClusterImage();
    private final OpenPartitions open = new OpenPartitions(image);
    private TreeFollower follower;

    @BeforeEach
    void prepare() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 4), List.of(4)));
        office.elected();
        SimSession session = new SimSession(STANDBY, office.tree, office.time, new Random(1), this);
        follower = new TreeFollower(session, image, open, office.time);
        follower.start();
        office.run(1_000);
        office.session.cut();
    }

    private static TopicPartition t(int partition) {
        return new TopicPartition("t", partition);
    }

    private List<TopicPartition> open() {
        office.run(1_000);
        return open.all().stream().sorted().toList();
    }

    @Test
    void nothingIsOpenWhereAllIsWell() {
        assertThat(image.partitions()).hasSize(3);
        assertThat(open()).isEmpty();
    }

    @Test
    void whatABrokerHoldsIsOpenAsLongAsItIsGone() {
        office.down(4);
        assertThat(open()).containsExactly(t(1), t(2));
        office.up(4);
        assertThat(open()).isEmpty();
    }

    @Test
    void newTopicsAndTopicsOnTheMoveAreOpen() {
        office.topic("new", List.of(List.of(3)));
        ReplicaSet moving = ReplicaSet.settled(List.of(4)).towards(List.of(3));
        byte[] body = TopicJson.encode(office.assignment("t").with(2, moving));
        office.admin(Write.set(RegistryPaths.topic("t"), body, -1));
        assertThat(open()).containsExactly(new TopicPartition("new", 0), t(2));
        office.admin(Write.delete(RegistryPaths.topic("new"), -1));
        assertThat(open()).containsExactly(t(2));
    }

    @Test
    void whatIsInSyncElsewhereIsOpenForItIsNotFoundByItsReplicas() {
        office.admin(Write.set(
                RegistryPaths.state(t(0)), StateJson.encode(office.state(t(0)).withIsr(List.of(2, 4))), -1));
        assertThat(open()).containsExactly(t(0));
    }

    @Test
    void whatNobodyCanLeadIsOpenForTheSettingsMayAllowAnyLeader() {
        office.down(2);
        office.down(3);
        office.session.reconnect();
        office.until(() -> !office.state(t(0)).hasLeader());
        office.settle();
        assertThat(open()).containsExactly(t(0));
    }

    @Override
    public void onConnected() {
        follower.onConnected();
    }

    @Override
    public void onDisconnected() {
        follower.onDisconnected();
    }

    @Override
    public void onExpired() {}
}
