package io.quorate.groups.read;

import io.quorate.wire.client.MultiOutcome;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.ReadOp;
import io.quorate.wire.client.SyncClient;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads many nodes in few requests; nodes that are not there are left out of the answer, and a node that
 * cannot be read for another reason is a {@link GroupReadException}. Waits; not for callbacks.
 */
final class BatchedReads {
    private static final int BATCH_MAX = 500;

    private final SyncClient client;
    private long zxid;

    BatchedReads(SyncClient client) {
        this.client = client;
    }

    /** Up to where the server had come at the first read: everything was read then or later. */
    long zxid() {
        return zxid;
    }

    Map<String, OpResult> data(Collection<String> paths) {
        return read(paths, ReadOp::getData);
    }

    Map<String, List<String>> children(Collection<String> paths) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        read(paths, ReadOp::getChildren).forEach((path, result) -> found.put(path, result.children()));
        return found;
    }

    /** Names of the children; empty if there is no such node. */
    List<String> children(String path) {
        return children(List.of(path)).getOrDefault(path, List.of()).stream()
                .sorted()
                .toList();
    }

    private Map<String, OpResult> read(Collection<String> paths, Function<String, ReadOp> op) {
        Map<String, OpResult> found = new LinkedHashMap<>();
        List<String> all = List.copyOf(paths);
        for (int from = 0; from < all.size(); from += BATCH_MAX) {
            List<String> batch = all.subList(from, Math.min(all.size(), from + BATCH_MAX));
            List<ReadOp> ops = new ArrayList<>();
            batch.forEach(path -> ops.add(op.apply(path)));
            MultiOutcome outcome = client.multiRead(ops);
            zxid = zxid == 0 ? outcome.zxid() : zxid;
            for (int i = 0; i < batch.size(); i++) {
                OpResult result = outcome.results().get(i);
                if (result.error() == ErrorCode.NO_NODE) {
                    continue;
                }
                if (!result.isOk()) {
                    throw new GroupReadException(batch.get(i), result.error());
                }
                found.put(batch.get(i), result);
            }
        }
        return found;
    }
}
