package io.quorate.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read when something has changed. The test is the server, on which there is nothing. */
final class TreeFollowerTest {
    private static final String STATE = RegistryPaths.state(new TopicPartition("t", 0));

    private final List<String> read = new ArrayList<>();
    private final TreeFollower follower = new TreeFollower(new Empty(), new ClusterImage(), new Silent());
    private Consumer<NodeChange> hears;

    private static final class Silent implements ImageListener {
        @Override
        public void onBroker(int id, Broker before, Broker now) {}

        @Override
        public void onTopic(String name) {}

        @Override
        public void onPartition(TopicPartition partition) {}

        @Override
        public void onCurrent() {}
    }

    private final class Empty implements Tree {
        @Override
        public long session() {
            return 1;
        }

        @Override
        public void read(List<Read> reads, Consumer<ReadReply> done) {
            List<Node> nodes = new ArrayList<>();
            for (Read each : reads) {
                read.add(each.path());
                nodes.add(each.ofChildren() ? Node.ofChildren(each.path(), List.of()) : Node.missing(each.path()));
            }
            done.accept(ReadReply.of(nodes));
        }

        @Override
        public void write(List<Write> writes, Consumer<WriteReply> done) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public void watch(String path, boolean isRecursive, Consumer<NodeChange> told) {
            hears = told;
        }

        @Override
        public void watchOnce(String path, Consumer<NodeChange> told, Consumer<ReadReply> done) {
            throw new AssertionError("nothing is watched once");
        }
    }

    @BeforeEach
    void begin() {
        follower.start();
        read.clear();
    }

    private void changed() {
        hears.accept(new NodeChange(EventType.NODE_DATA_CHANGED, STATE, 7));
    }

    @Test
    void theEchoOfOurOwnWriteIsNotRead() {
        follower.ownWrites().begin(STATE);
        changed();
        follower.written(STATE, 7, () -> {});
        assertThat(read).isEmpty();
        changed();
        assertThat(read).containsExactly(STATE);
    }

    @Test
    void whatADeposedControllerHadUnderWayIsFollowedLikeEverythingElse() {
        follower.ownWrites().begin(STATE);
        follower.abandonOwnWrites();
        assertThat(read).containsExactly(STATE);
        changed();
        assertThat(read).containsExactly(STATE, STATE);
    }
}
