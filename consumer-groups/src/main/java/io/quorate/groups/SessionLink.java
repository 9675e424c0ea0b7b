package io.quorate.groups;

import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.groups.rebalance.TreeRead;
import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.ReadOp;
import io.quorate.wire.client.SessionEvent;
import io.quorate.wire.client.Watcher;
import io.quorate.wire.client.WatcherType;
import io.quorate.wire.client.WriteOp;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Stat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One session of a member: its client, and the translation of requests and answers. */
final class SessionLink {
    /** What a member is told by its session; on the member's thread, and never after the session was given up. */
    interface Events {
        void onSessionEvent(SessionEvent event);

        void onAnswer(long id, Answer answer);

        void onWatch(NodeEvent event);
    }

    private final Executor thread;
    private final Events events;
    private final CoordinatorClient client;
    /** Always the same one: the client tells each watcher of a node, and keeps one only once. */
    private final Watcher watcher = this::onWatch;

    private boolean given;

    SessionLink(ClientBuilder builder, Executor thread, Events events) {
        this.thread = thread;
        this.events = events;
        client = builder.callbacks(thread)
                .listener((event, reason) -> {
                    if (!given) {
                        events.onSessionEvent(event);
                    }
                })
                .connect();
    }

    long sessionId() {
        return client.session().id();
    }

    long timeoutMillis() {
        return client.sessionTimeout().toMillis();
    }

    /** When the last request that a server has answered was sent, in the measure of {@link System#nanoTime}. */
    long lastAckNanos() {
        return client.sessionDeadline()
                - TimeUnit.MILLISECONDS.toNanos(client.sessionTimeout().toMillis());
    }

    /** Ends the session; nothing is heard of it any more. */
    CompletableFuture<Void> close() {
        given = true;
        return client.closeAsync();
    }

    /** Leaves the session to its timeout; nothing is heard of it any more. */
    CompletableFuture<Void> abandon() {
        given = true;
        return client.abandon();
    }

    void multi(long id, List<TreeOp> ops) {
        List<WriteOp> parts = ops.stream().map(SessionLink::translate).toList();
        answer(id, client.multi(parts), outcome -> outcome.results());
    }

    private static WriteOp translate(TreeOp op) {
        if (op instanceof TreeOp.Create create) {
            CreateMode mode =
                    switch (create.kind()) {
                        case PERSISTENT -> CreateMode.PERSISTENT;
                        case EPHEMERAL -> CreateMode.EPHEMERAL;
                        case EPHEMERAL_SEQUENTIAL -> CreateMode.EPHEMERAL_SEQUENTIAL;
                    };
            return WriteOp.create(create.path(), create.data(), mode);
        } else if (op instanceof TreeOp.Delete delete) {
            return WriteOp.delete(delete.path(), delete.version());
        } else if (op instanceof TreeOp.SetData set) {
            return WriteOp.setData(set.path(), set.data(), set.version());
        }
        return WriteOp.check(op.path(), ((TreeOp.Check) op).version());
    }

    void read(long id, List<TreeRead> reads) {
        List<ReadOp> parts = reads.stream()
                .map(each -> each.ofChildren() ? ReadOp.getChildren(each.path()) : ReadOp.getData(each.path()))
                .toList();
        answer(id, client.multiRead(parts), outcome -> outcome.results(), SessionLink::refused);
    }

    void exists(long id, String path) {
        answer(id, client.exists(path, watcher), node -> List.of(stat(node.stat())), SessionLink::refused);
    }

    private static OpResult stat(Stat stat) {
        return new OpResult(ErrorCode.OK, null, null, stat, null);
    }

    void watch(long id, String path, boolean recursive) {
        AddWatchMode mode = recursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT;
        answer(id, client.addWatch(path, mode, watcher), zxid -> List.of());
    }

    void unwatch(long id, String path, boolean recursive) {
        WatcherType type = recursive ? WatcherType.PERSISTENT_RECURSIVE : WatcherType.PERSISTENT;
        answer(id, client.removeWatches(path, type, watcher), none -> List.of());
    }

    private void onWatch(NodeEvent event) {
        boolean isOfNode =
                switch (event.type()) {
                    case NODE_CREATED, NODE_DELETED, NODE_DATA_CHANGED, NODE_CHILDREN_CHANGED -> true;
                    case NONE, DATA_WATCH_REMOVED, CHILD_WATCH_REMOVED, PERSISTENT_WATCH_REMOVED -> false;
                };
        if (!given && isOfNode) {
            events.onWatch(event);
        }
    }

    /** Never answers from within the request, also if that failed at once. */
    private <T> void answer(long id, CompletableFuture<T> future, Function<T, List<OpResult>> results) {
        answer(id, future, results, SessionLink::failed);
    }

    private <T> void answer(
            long id,
            CompletableFuture<T> future,
            Function<T, List<OpResult>> results,
            Function<Throwable, Answer> failed) {
        CompletableFuture<Void> told = future.handleAsync(
                (value, failure) -> {
                    if (!given) {
                        events.onAnswer(id, failure == null ? Answer.of(results.apply(value)) : failed.apply(failure));
                    }
                    return null;
                },
                thread);
        assert told != null;
    }

    /** A question that a server has not let in, or for which there is no room, is one that was refused; nothing is in doubt. */
    private static Answer refused(Throwable failure) {
        Answer answer = failed(failure);
        return switch (answer.error()) {
            case CONNECTION_LOSS, OPERATION_TIMEOUT, SESSION_EXPIRED, SYSTEM_ERROR -> answer;
            default -> Answer.failed(answer.error(), 0);
        };
    }

    private static Answer failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CoordinatorException.MultiFailed refusal) {
            return Answer.failed(refusal.error(), refusal.index());
        }
        return Answer.none(cause instanceof CoordinatorException e ? e.error() : ErrorCode.SYSTEM_ERROR);
    }
}
