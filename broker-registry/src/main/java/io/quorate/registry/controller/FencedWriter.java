package io.quorate.registry.controller;

import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes for one controller, many changes in one transaction that begins with the check of its fence (registry spec 5.2 and
 * 13.2): one check, one record in the log and one round of the quorum for all of them, and after a newer controller was elected
 * nothing at all.
 *
 * <p>If one change is impossible, the transaction changed nothing; that one is told so, and the others are sent again without
 * it. A group that fails more than {@value #STRIKES_MAX} times is cut in halves.
 */
final class FencedWriter {
    static final int OPS_MAX = 200;
    static final int BYTES_MAX = 256 * 1024;
    static final int BATCHES_MAX = 8;
    static final int STRIKES_MAX = 4;

    private final Tree tree;
    private final Fence fence;
    private final Runnable deposed;
    private final Deque<Change> queue = new ArrayDeque<>();
    private final Deque<Batch> again = new ArrayDeque<>();
    private int underWay;
    private boolean isStopped;

    /** @param deposed called once, if the fence has fallen */
    FencedWriter(Tree tree, Fence fence, Runnable deposed) {
        this.tree = tree;
        this.fence = fence;
        this.deposed = deposed;
    }

    /** Queues a change; {@link #flush} sends it. Changes are carried out in order, except for those sent again. */
    void submit(Change change) {
        queue.add(change);
    }

    /** Sends what is queued, as far as the number of transactions under way allows. */
    void flush() {
        while (!isStopped && underWay < BATCHES_MAX) {
            Batch batch = again.isEmpty() ? nextBatch() : again.poll();
            if (batch.changes().isEmpty()) {
                return;
            }
            underWay++;
            tree.write(batch.writes(fence), reply -> onReply(batch, reply));
        }
    }

    /** Sends nothing any more, and calls nobody back. */
    void stop() {
        isStopped = true;
        queue.clear();
        again.clear();
    }

    /** Whether the controller has resigned. */
    boolean isStopped() {
        return isStopped;
    }

    private Batch nextBatch() {
        List<Change> changes = new ArrayList<>();
        int ops = 1;
        int bytes = fence.check().bytes();
        while (!queue.isEmpty()) {
            Change next = queue.peek();
            ops += next.writes().size();
            bytes += next.bytes();
            if (!changes.isEmpty() && (ops > OPS_MAX || bytes > BYTES_MAX)) {
                break;
            }
            changes.add(queue.poll());
        }
        return new Batch(changes, 0);
    }

    private void onReply(Batch batch, WriteReply reply) {
        underWay--;
        if (isStopped) {
            return;
        }
        if (reply.isOk()) {
            batch.done(reply);
        } else if (reply.index() == 0) {
            stop();
            deposed.run();
        } else if (reply.index() > 0) {
            refused(batch, reply.index() - 1, reply.error());
        } else {
            batch.changes().forEach(change -> change.done().accept(Outcome.lost(reply.error())));
        }
        flush();
    }

    private void refused(Batch batch, int failed, ErrorCode error) {
        int index = failed;
        int culprit = 0;
        while (index >= batch.changes().get(culprit).writes().size()) {
            index -= batch.changes().get(culprit).writes().size();
            culprit++;
        }
        List<Change> others = new ArrayList<>(batch.changes());
        Change refused = others.remove(culprit);
        // The others first: they must not wait for what the culprit leads to.
        sendAgain(new Batch(others, batch.strikes() + 1));
        refused.done().accept(Outcome.refused(error, index));
    }

    private void sendAgain(Batch batch) {
        int size = batch.changes().size();
        if (batch.strikes() <= STRIKES_MAX || size < 2) {
            if (size > 0) {
                again.add(batch);
            }
            return;
        }
        again.add(new Batch(batch.changes().subList(0, size / 2), 0));
        again.add(new Batch(batch.changes().subList(size / 2, size), 0));
    }

    /** @param strikes how often the group has failed */
    private record Batch(List<Change> changes, int strikes) {
        List<Write> writes(Fence fence) {
            List<Write> writes = new ArrayList<>();
            writes.add(fence.check());
            changes.forEach(change -> writes.addAll(change.writes()));
            return writes;
        }

        void done(WriteReply reply) {
            int from = 1;
            for (Change change : changes) {
                int to = from + change.writes().size();
                change.done().accept(Outcome.done(reply.results().subList(from, to), reply.zxid()));
                from = to;
            }
        }
    }
}
