package io.quorate.wire.client;

import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.OpCode;

/** One part of a multiRead. Immutable. */
public final class ReadOp {
    private final OpCode op;
    private final String path;

    private ReadOp(OpCode op, String path) {
        this.op = op;
        this.path = path;
    }

    /** Reads data and Stat of a node. */
    public static ReadOp getData(String path) {
        return new ReadOp(OpCode.GET_DATA, path);
    }

    /** Reads the names of the children of a node. */
    public static ReadOp getChildren(String path) {
        return new ReadOp(OpCode.GET_CHILDREN, path);
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
        String at = chroot.toServer(path);
        return new MultiOp(
                op.code(), op == OpCode.GET_DATA ? new GetDataRequest(at, false) : new GetChildrenRequest(at, false));
    }
}
