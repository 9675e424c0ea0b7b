package io.quorate.groups.sim;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.groups.rebalance.TreeRead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may become of offsets (consumer-groups D8, retention): only a leader removes them, only those of topics that were gone
 * when it looked, and none that was written within the time they are kept for, or for the topic as it is now.
 */
final class KeptOffsets {
    /** Between a leader's clock when it marks a topic, and the mark. */
    private static final long ON_THE_WAY_MILLIS = 1_000;

    private record Written(long at, long zxid) {}

    private final World world;
    private final Map<String, Written> written = new HashMap<>();
    /** Session and topic to the zxid of the last look at both its node and its offsets, on which a removal rests. */
    private final Map<String, Long> seen = new HashMap<>();

    long retentionMillis = Long.MAX_VALUE;
    int removals;

    KeptOffsets(World world) {
        this.world = world;
    }

    void onRead(long session, List<TreeRead> reads) {
        if (reads.stream().noneMatch(each -> each.path().startsWith(world.paths.offsets()))) {
            return;
        }
        for (TreeRead each : reads) {
            if (!each.ofChildren() && each.path().startsWith(GroupPaths.TOPICS + "/")) {
                seen.put(session + " " + GroupPaths.lastName(each.path()), world.tree.zxid());
            }
        }
    }

    void onWrite(long session, TreeOp op, boolean byLeader) {
        String path = op.path();
        boolean ofPartition = path.indexOf('/', world.paths.offsets().length() + 1) > 0;
        if (!ofPartition) {
            return;
        }
        if (!(op instanceof TreeOp.Delete)) {
            written.put(path, new Written(world.now(), world.tree.zxid()));
            return;
        }
        Written last = written.remove(path);
        if (session == Checks.OPERATOR) {
            return;
        }
        removals++;
        if (!byLeader) {
            throw new Violation("D8: " + path + " was removed by a member");
        }
        if (world.now() < last.at() + retentionMillis - ON_THE_WAY_MILLIS) {
            throw new Violation(
                    "D8: " + path + " was removed " + (world.now() - last.at()) + " ms after its last write");
        }
        String topic = GroupPaths.lastName(path.substring(0, path.lastIndexOf('/')));
        ModelTree.Node there = world.tree.get(GroupPaths.topic(topic));
        if (there != null && (there.czxid <= seen.get(session + " " + topic) || there.czxid < last.zxid())) {
            throw new Violation("D8: " + path + " was removed, but the topic exists");
        }
    }

    /** What is gone is gone whole, and nothing is marked that is not. */
    void atRest() {
        if (world.tree.get(world.paths.root()) == null) {
            return;
        }
        for (String parent : List.of(world.paths.offsets(), world.paths.owners())) {
            for (String topic : world.tree.children(parent)) {
                if (retentionMillis < Long.MAX_VALUE && world.tree.get(GroupPaths.topic(topic)) == null) {
                    throw new Violation("D8: still there: " + parent + "/" + topic);
                }
            }
        }
        List<String> marked = world.tree.children(world.paths.goneTopics());
        if (!marked.isEmpty()) {
            throw new Violation("D8: still marked as gone: " + marked);
        }
    }
}
