package io.quorate.wire.client;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Responses;
import java.util.concurrent.CompletableFuture;

/**
 * One request on its way: made by the caller's thread, then owned by the connection, which settles it once; then finished by
 * the callback executor. Each hands it over to the next.
 */
final class Call<T> {
    private final OpCode op;
    private final String path;
    private final Frame frame;
    private final ReplyReader<T> reader;
    private final WatchChange watchChange;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private OpCode sentAs;
    private int xid;
    private int lossesSeen;
    private long submittedNanos;
    private long sentNanos;
    private boolean sent;
    private boolean settled;
    private T value;
    private CoordinatorException failure;

    /**
     * @param path as the caller named it, for what a failure says; null if it is about no node
     * @param watchChange what the reply does to watches, or null
     */
    Call(OpCode op, String path, Frame frame, ReplyReader<T> reader, WatchChange watchChange) {
        this.op = op;
        this.path = path;
        this.frame = frame;
        this.reader = reader;
        this.watchChange = watchChange;
        this.sentAs = op;
    }

    CompletableFuture<T> future() {
        return future;
    }

    OpCode op() {
        return op;
    }

    String path() {
        return path;
    }

    Frame frame() {
        return frame;
    }

    WatchChange watchChange() {
        return watchChange;
    }

    int xid() {
        return xid;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    long sentNanos() {
        return sentNanos;
    }

    /** Whether anything may have reached a server. */
    boolean isSent() {
        return sent;
    }

    /** Whether the outcome is decided; a reply that still comes is for nobody. */
    boolean isSettled() {
        return settled;
    }

    /** How many lost connections the caller could know of when this was submitted. */
    int lossesSeen() {
        return lossesSeen;
    }

    /** It is handed over; {@code losses} were told to the client's listener before. */
    void submitted(int losses, long nowNanos) {
        lossesSeen = losses;
        submittedNanos = nowNanos;
    }

    /** Numbers the frame, which goes out now. */
    void sent(int number, OpCode as, long nowNanos) {
        xid = number;
        sentAs = as;
        sentNanos = nowNanos;
        sent = true;
        frame.number(number, as);
    }

    /**
     * Decides the outcome from a reply.
     *
     * @throws io.quorate.wire.jute.MalformedException when it cannot be the reply to this
     */
    void settle(ReplyHeader header, ErrorCode error, JuteReader body) {
        assert !settled;
        try {
            if (error == ErrorCode.OK) {
                value = reader.read(Responses.read(sentAs, body), header.zxid());
            } else if (error == ErrorCode.NO_NODE && op == OpCode.EXISTS) {
                value = reader.read(null, header.zxid());
            } else {
                failure = CoordinatorException.of(error, path);
            }
        } catch (CoordinatorException e) {
            failure = e;
        }
        settled = true;
    }

    /** Decides that it has failed. */
    void fail(CoordinatorException reason) {
        assert !settled;
        failure = reason;
        settled = true;
    }

    /** Why it failed; null if it did not. */
    CoordinatorException failure() {
        return failure;
    }

    /** Tells the caller; the callback executor's. */
    void finish() {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(failure);
        }
    }
}
