package io.quorate.registry.store;

import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.registry.tree.Written;
import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.MultiOutcome;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.WriteOp;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree through one client, that is, one session. Belongs to the thread of the agent, which is also what runs the client's
 * callbacks; after {@link #close} nobody is called back.
 */
public final class ClientTree implements Tree {
    private static final Logger LOG = LoggerFactory.getLogger(ClientTree.class);

    /** After so long a watch that found no room is tried again. */
    private static final long RETRY_MILLIS = 1_000;

    private final CoordinatorClient client;
    private final PipelinedReads reads;
    private final AclPolicy acls;
    private final Executor agent;
    private final Consumer<String> trouble;
    private boolean isClosed;

    /**
     * The tree as this client sees it.
     *
     * @param agent runs the client's callbacks, one after another
     * @param trouble gets what cannot be watched
     */
    public ClientTree(CoordinatorClient client, AclPolicy acls, Executor agent, Consumer<String> trouble) {
        this.trouble = trouble;
        this.client = client;
        this.reads = new PipelinedReads(client);
        this.acls = acls;
        this.agent = agent;
    }

    /** Calls nobody back from now on: the session is over, or nobody is interested any more. */
    public void close() {
        isClosed = true;
    }

    @Override
    public long session() {
        return client.session().id();
    }

    @Override
    public void read(List<Read> asked, Consumer<ReadReply> done) {
        answerRead(() -> reads.read(asked), done);
    }

    @Override
    public void readEach(List<Read> asked, Consumer<ReadReply> done) {
        answerRead(() -> reads.readEach(asked), done);
    }

    private void answerRead(Supplier<CompletableFuture<List<Node>>> found, Consumer<ReadReply> done) {
        ask(
                found,
                (nodes, failure) ->
                        done.accept(failure == null ? ReadReply.of(nodes) : ReadReply.failed(error(failure))));
    }

    @Override
    public void write(List<Write> writes, Consumer<WriteReply> done) {
        List<WriteOp> ops = new ArrayList<>(writes.size());
        writes.forEach(write -> ops.add(op(write)));
        ask(
                () -> client.multi(ops),
                (outcome, failure) -> done.accept(failure == null ? done(writes, outcome) : failed(failure)));
    }

    @Override
    public void watch(String path, boolean isRecursive, Consumer<NodeChange> told) {
        AddWatchMode mode = isRecursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT;
        answer(client.addWatch(path, mode, event -> tell(told, event)), (zxid, failure) -> {
            if (failure == null) {
                return;
            }
            switch (error(failure)) {
                case CONNECTION_LOSS, OPERATION_TIMEOUT -> watch(path, isRecursive, told);
                case THROTTLED_OP -> CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, agent)
                        .execute(() -> watchAgain(path, isRecursive, told));
                default -> trouble.accept(path + " cannot be watched: " + error(failure));
            }
        });
    }

    private void watchAgain(String path, boolean isRecursive, Consumer<NodeChange> told) {
        if (!isClosed) {
            watch(path, isRecursive, told);
        }
    }

    @Override
    public void watchOnce(String path, Consumer<NodeChange> told, Consumer<ReadReply> done) {
        ask(() -> client.exists(path, event -> tell(told, event)), (stat, failure) -> {
            if (failure != null) {
                done.accept(ReadReply.failed(error(failure)));
            } else {
                Node node = stat.exists() ? Node.ofData(path, null, stat.stat()) : Node.missing(path);
                done.accept(ReadReply.of(List.of(node)));
            }
        });
    }

    private void tell(Consumer<NodeChange> told, NodeEvent event) {
        if (!isClosed) {
            told.accept(new NodeChange(event.type(), event.path(), event.zxid()));
        }
    }

    /**
     * Asks, and asks again if the connection was lost before the question was sent. An agent that is behind hears of a loss, then
     * of the next connection, and then only that what it asked in between has failed, which it would take for a loss that has yet
     * to end.
     */
    private <T> void ask(Supplier<CompletableFuture<T>> question, BiConsumer<T, Throwable> done) {
        answer(question.get(), (value, failure) -> {
            if (failure != null && wasNeverSent(failure)) {
                ask(question, done);
            } else {
                done.accept(value, failure);
            }
        });
    }

    private static boolean wasNeverSent(Throwable failure) {
        return Failures.cause(failure) instanceof CoordinatorException.ConnectionLoss lost
                && !lost.mayHaveBeenExecuted();
    }

    /** Some futures fail at once; they, too, are answered later, as everybody expects. */
    private <T> void answer(CompletableFuture<T> future, BiConsumer<T, Throwable> done) {
        if (future.isDone()) {
            agent.execute(() -> complete(future, done));
        } else {
            complete(future, done);
        }
    }

    private <T> void complete(CompletableFuture<T> future, BiConsumer<T, Throwable> done) {
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (!isClosed) {
                carryOut(() -> done.accept(value, failure));
            }
        });
    }

    /** What goes wrong in a callback would vanish in a future that nobody looks at. */
    private static void carryOut(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a callback failed", e);
            throw e;
        }
    }

    private WriteOp op(Write write) {
        List<Acl> acl = acls.forNode(write.path());
        return switch (write.kind()) {
            case CREATE -> WriteOp.create(write.path(), write.data(), acl, CreateMode.PERSISTENT);
            case CREATE_EPHEMERAL -> WriteOp.create(write.path(), write.data(), acl, CreateMode.EPHEMERAL);
            case CREATE_SEQUENTIAL -> WriteOp.create(write.path(), write.data(), acl, CreateMode.PERSISTENT_SEQUENTIAL);
            case CREATE_CANDIDATE -> WriteOp.create(write.path(), write.data(), acl, CreateMode.EPHEMERAL_SEQUENTIAL);
            case SET -> WriteOp.setData(write.path(), write.data(), write.version());
            case DELETE -> WriteOp.delete(write.path(), write.version());
            case CHECK -> WriteOp.check(write.path(), write.version());
        };
    }

    private static WriteReply done(List<Write> writes, MultiOutcome outcome) {
        List<Written> results = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            OpResult result = outcome.results().get(i);
            results.add(new Written(result.path() == null ? writes.get(i).path() : result.path(), result.stat()));
        }
        return WriteReply.done(results, outcome.zxid());
    }

    private static WriteReply failed(Throwable failure) {
        if (Failures.cause(failure) instanceof CoordinatorException.MultiFailed refused) {
            return WriteReply.refused(refused.error(), refused.index());
        }
        boolean isUnknown = Failures.cause(failure) instanceof CoordinatorException lost && lost.mayHaveBeenExecuted();
        return WriteReply.lost(error(failure), isUnknown);
    }

    private static ErrorCode error(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof CoordinatorException known) {
            return known.error();
        }
        return cause instanceof PipelinedReads.ReadRefusedException refused ? refused.error() : ErrorCode.SYSTEM_ERROR;
    }
}
