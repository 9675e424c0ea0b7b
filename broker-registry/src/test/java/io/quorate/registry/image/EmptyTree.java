package io.quorate.registry.image;

import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A server on which there is nothing: it answers at once, keeps what was read, and says that something has changed when told to. */
public final class EmptyTree implements Tree {
    /** Is told of everything, and does nothing. */
    static class Silent implements ImageListener {
        @Override
        public void onBroker(int id, Broker before, Broker now) {}

        @Override
        public void onTopic(String name) {}

        @Override
        public void onPartition(TopicPartition partition) {}

        @Override
        public void onCurrent() {}
    }

    /** Nothing is refused here, so nothing is tried again, except for what has no Stat. */
    private final class Never implements Timers {
        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public void after(long delayMillis, Runnable task) {
            if (withoutStat == null) {
                throw new AssertionError("somebody waits for something");
            }
        }
    }

    /** A node that there is all the same, but its answer is not whole. */
    String withoutStat;

    private final List<String> read = new ArrayList<>();
    private Consumer<NodeChange> hears;

    /** A follower of this that has read all there is, of which nothing is noted. */
    public TreeFollower follower() {
        return follower(new Silent());
    }

    TreeFollower follower(ImageListener listener) {
        TreeFollower follower = new TreeFollower(this, new ClusterImage(), listener, new Never());
        follower.start();
        read.clear();
        return follower;
    }

    /** What was read, in order. */
    public List<String> read() {
        return read;
    }

    /** Whoever watches hears that this node has changed. */
    public void changed(String path, long zxid) {
        hears.accept(new NodeChange(EventType.NODE_DATA_CHANGED, path, zxid));
    }

    @Override
    public long session() {
        return 1;
    }

    @Override
    public void read(List<Read> reads, Consumer<ReadReply> done) {
        List<Node> nodes = new ArrayList<>();
        for (Read each : reads) {
            read.add(each.path());
            nodes.add(each.ofChildren() ? Node.ofChildren(each.path(), List.of()) : node(each.path()));
        }
        done.accept(ReadReply.of(nodes));
    }

    private Node node(String path) {
        byte[] body = "{\"version\":3,\"partitions\":{}}".getBytes(StandardCharsets.UTF_8);
        return path.equals(withoutStat) ? Node.ofData(path, body, null) : Node.missing(path);
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
