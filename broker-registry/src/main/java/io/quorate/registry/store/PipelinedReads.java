package io.quorate.registry.store;

import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.MultiOutcome;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.ReadOp;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads many nodes with few requests: multi-reads of {@value #BATCH}, {@value #LANES} of them in flight (registry spec 13.4 and
 * 13.8: larger batches are slower). Each lane sends its next batch when the last is answered. Any thread.
 */
public final class PipelinedReads {
    static final int BATCH = 100;
    static final int LANES = 8;

    private final CoordinatorClient client;

    public PipelinedReads(CoordinatorClient client) {
        this.client = client;
    }

    /**
     * Reads all of these. The reads of one batch are of one moment, those of different ones are not.
     *
     * @return what was found, in the order asked for; fails with what the client failed with, also if one node must not be read
     */
    public CompletableFuture<List<Node>> read(List<Read> reads) {
        return readEach(reads).thenApply(nodes -> {
            nodes.stream().filter(node -> !node.isReadable()).findFirst().ifPresent(node -> {
                throw new ReadRefusedException(node.path(), node.error());
            });
            return nodes;
        });
    }

    /** As {@link #read}, but a node that must not be read does not keep the others back: it is {@link Node#unreadable}. */
    public CompletableFuture<List<Node>> readEach(List<Read> reads) {
        Node[] nodes = new Node[reads.size()];
        int lanes = Math.min(LANES, (reads.size() + BATCH - 1) / BATCH);
        CompletableFuture<?>[] ends = new CompletableFuture<?>[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            ends[lane] = lane(reads, nodes, lane * BATCH);
        }
        return CompletableFuture.allOf(ends).thenApply(all -> Arrays.asList(nodes));
    }

    private CompletableFuture<Void> lane(List<Read> reads, Node[] nodes, int from) {
        if (from >= reads.size()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Read> batch = reads.subList(from, Math.min(from + BATCH, reads.size()));
        return client.multiRead(ops(batch)).thenCompose(outcome -> {
            for (int i = 0; i < batch.size(); i++) {
                nodes[from + i] = node(batch.get(i), outcome, i);
            }
            return lane(reads, nodes, from + LANES * BATCH);
        });
    }

    private static List<ReadOp> ops(List<Read> batch) {
        List<ReadOp> ops = new ArrayList<>(batch.size());
        for (Read read : batch) {
            ops.add(read.ofChildren() ? ReadOp.getChildren(read.path()) : ReadOp.getData(read.path()));
        }
        return ops;
    }

    private static Node node(Read read, MultiOutcome outcome, int index) {
        OpResult result = outcome.results().get(index);
        if (result.error() == ErrorCode.NO_NODE) {
            return Node.missing(read.path());
        }
        if (!result.isOk()) {
            return Node.unreadable(read.path(), result.error());
        }
        return read.ofChildren()
                ? Node.ofChildren(read.path(), result.children())
                : Node.ofData(read.path(), result.data(), result.stat());
    }

    /** One node of many could not be read; the client's own exceptions are about whole requests. */
    public static final class ReadRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ErrorCode error;
        private final String path;

        ReadRefusedException(String path, ErrorCode error) {
            super(error + " for " + path);
            this.error = error;
            this.path = path;
        }

        /** The node, as the client names it. */
        public String path() {
            return path;
        }

        /** See {@link CoordinatorException#error()}. */
        public ErrorCode error() {
            return error;
        }
    }
}
