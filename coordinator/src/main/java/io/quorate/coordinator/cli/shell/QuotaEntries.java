package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.tree.SubTree;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeData;
import io.quorate.wire.client.SyncClient;
import java.util.List;
import java.util.Map;

/** The commands about quotas, which are nodes below {@code /zookeeper/quota}. */
final class QuotaEntries {

    private static final String QUOTAS = "/zookeeper/quota";
    private static final String LIMITS = "/zookeeper_limits";
    private static final String USED = "/zookeeper_stats";

    /** The options and what they limit. */
    private static final Map<String, String> FIGURES = Map.of(
            "n", QuotaLimits.COUNT,
            "b", QuotaLimits.BYTES,
            "N", QuotaLimits.COUNT_HARD,
            "B", QuotaLimits.BYTES_HARD);

    static final List<ShellEntry> ALL = List.of(
            ShellEntry.of("delquota", "[-n|-b|-N|-B] path", "n b N B", 1, QuotaEntries::delete),
            ShellEntry.of("listquota", "path", "", 1, QuotaEntries::list),
            ShellEntry.of("setquota", "-n|-b|-N|-B val path", "n: b: N: B:", 1, QuotaEntries::set));

    private QuotaEntries() {}

    private static void list(Arguments arguments, ShellSession session) {
        String path = arguments.path();
        session.print("absolute path is " + QUOTAS + path + LIMITS);
        try {
            QuotaLimits limits = read(session.client(), QUOTAS + path + LIMITS);
            session.print("Output quota for " + path + " " + limits);
            session.print("Output stat for " + path + " " + read(session.client(), QUOTAS + path + USED));
        } catch (CoordinatorException.NoNode e) {
            session.print("quota for " + path + " does not exist.");
        }
    }

    private static QuotaLimits read(SyncClient client, String path) {
        NodeData node = client.getData(path);
        return node.data() == null ? QuotaLimits.none() : QuotaLimits.parse(node.data());
    }

    private static void set(Arguments arguments, ShellSession session) throws ShellFailure {
        String path = arguments.path();
        if (arguments.options().isEmpty()) {
            throw new ShellFailure(ShellEntries.find("setquota").usage());
        }
        if (path.startsWith(QUOTAS)) {
            throw new ShellFailure("cannot set a quota under the path: " + QUOTAS);
        }
        for (Map.Entry<String, String> option : arguments.options().entrySet()) {
            limit(option.getKey(), option.getValue());
        }
        SyncClient client = session.client();
        if (!client.exists(path).exists()) {
            throw new ShellFailure(path + " does not exist.");
        }
        requireAlone(session, path);
        QuotaLimits limits = client.exists(QUOTAS + path + LIMITS).exists()
                ? read(client, QUOTAS + path + LIMITS)
                : create(client, path);
        for (Map.Entry<String, String> option : arguments.options().entrySet()) {
            limits = limits.with(FIGURES.get(option.getKey()), limit(option.getKey(), option.getValue()));
        }
        client.setData(QUOTAS + path + LIMITS, limits.bytes(), -1);
    }

    /** What stands behind an option; nodes are counted in an int, and nothing is to be had by allowing none. */
    private static long limit(String option, String text) throws ShellFailure {
        long limit = Arguments.number(text);
        boolean nodes = option.equalsIgnoreCase("n");
        if (nodes && limit <= 0) {
            throw new ShellFailure("the num quota must be greater than zero");
        }
        if (nodes && limit > Integer.MAX_VALUE) {
            throw new ShellFailure("the num quota must be at most " + Integer.MAX_VALUE);
        }
        if (limit < 0) {
            throw new ShellFailure("the bytes quota must be greater than or equal to zero");
        }
        return limit;
    }

    /** Quotas do not nest: neither an ancestor nor a descendant may have one. */
    private static void requireAlone(ShellSession session, String path) throws ShellFailure {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (session.client().exists(QUOTAS + parent + LIMITS).exists()) {
                throw new ShellFailure(path + " has a parent " + parent + " which has a quota");
            }
        }
        if (session.client().exists(QUOTAS + path).exists()) {
            for (String node : SubTree.paths(session.asyncClient(), QUOTAS + path)) {
                boolean isLimit = node.endsWith(LIMITS) && !node.equals(QUOTAS + path + LIMITS);
                if (isLimit) {
                    String child = node.substring(QUOTAS.length(), node.length() - LIMITS.length());
                    throw new ShellFailure(path + " has a child " + child + " which has a quota");
                }
            }
        }
    }

    private static QuotaLimits create(SyncClient client, String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            createMissing(client, QUOTAS + path.substring(0, slash), null);
        }
        createMissing(client, QUOTAS + path, null);
        createMissing(client, QUOTAS + path + LIMITS, QuotaLimits.none().bytes());
        QuotaLimits nothing = QuotaLimits.none().with(QuotaLimits.COUNT, 0).with(QuotaLimits.BYTES, 0);
        createMissing(client, QUOTAS + path + USED, nothing.bytes());
        return QuotaLimits.none();
    }

    private static void createMissing(SyncClient client, String path, byte[] data) {
        if (!client.exists(path).exists()) {
            client.create(path, data, CreateMode.PERSISTENT);
        }
    }

    private static void delete(Arguments arguments, ShellSession session) throws ShellFailure {
        String path = arguments.path();
        SyncClient client = session.client();
        if (!client.exists(QUOTAS + path + LIMITS).exists()) {
            throw new ShellFailure("Quota does not exist for " + path);
        }
        if (!arguments.options().isEmpty()) {
            QuotaLimits limits = read(client, QUOTAS + path + LIMITS);
            for (String option : arguments.options().keySet()) {
                limits = limits.without(FIGURES.get(option));
            }
            client.setData(QUOTAS + path + LIMITS, limits.bytes(), -1);
            return;
        }
        client.delete(QUOTAS + path + LIMITS, -1);
        client.delete(QUOTAS + path + USED, -1);
        trim(client, path);
    }

    /** Removes the nodes above that serve no quota any more. */
    private static void trim(SyncClient client, String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            if (!client.getChildren(QUOTAS + at).names().isEmpty()) {
                return;
            }
            client.delete(QUOTAS + at, -1);
        }
    }
}
