package io.quorate.coordinator.tree;

import io.quorate.wire.proto.ErrorCode;
import java.util.HashSet;
import java.util.Set;

/**
 * Quota roots, their figures and their limits (semantics 5). The figures are data of ordinary nodes below /zookeeper/quota,
 * changed here without a transaction; figures that cannot be read count as zero.
 */
public final class QuotaRules {

    private static final String LIMITS = "/zookeeper_limits";
    private static final String STATS = "/zookeeper_stats";

    private final DataTree tree;
    private final Set<String> roots = new HashSet<>();

    QuotaRules(DataTree tree) {
        this.tree = tree;
    }

    /**
     * What a write below a quota is refused with, or null. {@code nodes} is 1 for a creation; {@code bytes} is how much the
     * data grows. Figures and limits are those of the committed tree (semantics 5.3); without figures nothing is refused.
     *
     * @param enforce false if nothing is refused
     */
    public ErrorCode check(String path, int nodes, long bytes, boolean enforce) {
        String root = enforce ? deepestRoot(path) : null;
        Znode limitsNode = root == null ? null : tree.get(Paths.QUOTA + root + LIMITS);
        if (limitsNode == null) {
            return null;
        }
        QuotaFigures limits = QuotaFigures.parse(limitsNode.data);
        if (limits == null) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        Znode stats = tree.get(Paths.QUOTA + root + STATS);
        if (stats == null) {
            return null;
        }
        QuotaFigures used = figures(stats);
        boolean overCount = nodes > 0 && limits.countHardLimit() > -1 && used.count() + nodes > limits.countHardLimit();
        boolean overBytes = bytes != 0 && limits.byteHardLimit() > -1 && used.bytes() + bytes > limits.byteHardLimit();
        return overCount || overBytes ? ErrorCode.QUOTA_EXCEEDED : null;
    }

    /** True for a node whose data the server itself keeps. */
    public static boolean isStats(String path) {
        return path.startsWith(Paths.QUOTA) && path.endsWith(STATS);
    }

    /** True if {@code data} can be read as quota figures. */
    public static boolean isReadable(byte[] data) {
        return data != null && QuotaFigures.parse(data) != null;
    }

    void created(Znode node) {
        if (node.path.startsWith(Paths.QUOTA)) {
            if (node.path.endsWith(LIMITS)) {
                register(node.path);
            } else if (node.path.endsWith(STATS)) {
                recompute(rootOf(node.path, STATS));
            }
        }
        adjust(node.path, 1, node.dataLength());
    }

    void deleted(Znode node) {
        if (node.path.startsWith(Paths.QUOTA) && node.path.endsWith(LIMITS)) {
            roots.remove(rootOf(node.path, LIMITS));
        }
        adjust(node.path, -1, -node.dataLength());
    }

    void dataChanged(Znode node, int growth) {
        adjust(node.path, 0, growth);
    }

    void rebuild() {
        roots.clear();
        Znode quota = tree.get(Paths.QUOTA);
        if (quota == null) {
            return;
        }
        Znode end = tree.followingSubtree(Paths.QUOTA);
        for (Znode at = tree.following(Paths.QUOTA); at != end; at = tree.following(at.path)) {
            if (at.path.endsWith(LIMITS)) {
                register(at.path);
            }
        }
        for (String root : roots) {
            recompute(root);
        }
    }

    private void register(String limitsPath) {
        roots.add(rootOf(limitsPath, LIMITS));
    }

    private static String rootOf(String path, String suffix) {
        return path.substring(Paths.QUOTA.length(), path.length() - suffix.length());
    }

    private String deepestRoot(String path) {
        if (roots.isEmpty()) {
            return null;
        }
        String at = path;
        while (!roots.contains(at)) {
            if (at.length() <= 1) {
                return null;
            }
            at = Paths.parent(at);
        }
        return at;
    }

    private void adjust(String path, int nodes, int bytes) {
        if (nodes == 0 && bytes == 0) {
            return;
        }
        String root = deepestRoot(path);
        Znode stats = root == null ? null : tree.get(Paths.QUOTA + root + STATS);
        if (stats != null) {
            QuotaFigures used = figures(stats);
            tree.setSilently(
                    stats, used.with(used.count() + nodes, used.bytes() + bytes).text());
        }
    }

    private void recompute(String root) {
        Znode stats = tree.get(Paths.QUOTA + root + STATS);
        Znode top = tree.get(root);
        if (stats == null) {
            return;
        }
        long count = 0;
        long bytes = 0;
        if (top != null) {
            Znode end = tree.followingSubtree(top.path);
            for (Znode at = top; at != end; at = tree.following(at.path)) {
                count++;
                bytes += at.dataLength();
            }
        }
        tree.setSilently(stats, QuotaFigures.NONE.with(count, bytes).text());
    }

    private static QuotaFigures figures(Znode stats) {
        QuotaFigures read = QuotaFigures.parse(stats.data);
        return read == null ? QuotaFigures.NONE : read;
    }
}
