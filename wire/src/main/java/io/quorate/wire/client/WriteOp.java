package io.quorate.wire.client;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import java.util.List;
import java.util.function.Function;

/** One part of a multi: a wish that comes true together with all the others, or not at all. Immutable; data is not copied. */
public final class WriteOp {
    private final OpCode op;
    private final String path;
    private final boolean sequential;
    private final Function<String, Request> request;

    private WriteOp(OpCode op, String path, boolean sequential, Function<String, Request> request) {
        this.op = op;
        this.path = path;
        this.sequential = sequential;
        this.request = request;
    }

    /** Creates a node that everybody may use; {@code data} may be null. The mode must be one without a time to live. */
    public static WriteOp create(String path, byte[] data, CreateMode mode) {
        return create(path, data, Acl.OPEN_UNSAFE, mode);
    }

    /** Creates a node; {@code data} may be null. The mode must be one without a time to live. */
    public static WriteOp create(String path, byte[] data, List<Acl> acl, CreateMode mode) {
        if (mode.hasTtl()) {
            throw new IllegalArgumentException(mode + " needs a time to live");
        }
        return new WriteOp(mode.op(), path, mode.isSequential(), at -> new CreateRequest(at, data, acl, mode.code()));
    }

    /** Creates a node with a time to live in milliseconds, 1 to 2^40 − 1. The mode must be one with a time to live. */
    public static WriteOp createTtl(String path, byte[] data, List<Acl> acl, CreateMode mode, long ttlMillis) {
        if (!mode.hasTtl()) {
            throw new IllegalArgumentException(mode + " has no time to live");
        }
        return new WriteOp(
                mode.op(),
                path,
                mode.isSequential(),
                at -> new CreateTtlRequest(at, data, acl, mode.code(), ttlMillis));
    }

    /** Deletes a node if it has this version; -1 for any. */
    public static WriteOp delete(String path, int version) {
        return new WriteOp(OpCode.DELETE, path, false, at -> new DeleteRequest(at, version));
    }

    /** Replaces the data of a node if it has this version; -1 for any. */
    public static WriteOp setData(String path, byte[] data, int version) {
        return new WriteOp(OpCode.SET_DATA, path, false, at -> new SetDataRequest(at, data, version));
    }

    /** Changes nothing, and fails if the node is missing or has another version; -1 for any version. */
    public static WriteOp check(String path, int version) {
        return new WriteOp(OpCode.CHECK, path, false, at -> new CheckVersionRequest(at, version));
    }

    /** The node it is about, as this client names it. */
    public String path() {
        return path;
    }

    @Override
    public String toString() {
        return op + " " + path;
    }

    MultiOp toWire(Chroot chroot) {
        return new MultiOp(op.code(), request.apply(sequential ? chroot.toServerPrefix(path) : chroot.toServer(path)));
    }
}
