package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.SpeculativeTree;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import java.util.ArrayList;
import java.util.List;

/** Plans a multi: its parts in order, each seeing those before it, all or nothing (semantics 10). */
final class MultiOp implements WriteOp {

    private record Part(OpCode op, Request request) {}

    @Override
    public Txn plan(Request request, PlanContext context) {
        List<Part> parts = normalise((MultiRequest) request);
        if (parts == null) {
            return Ops.refuse(ErrorCode.MARSHALLING_ERROR);
        }
        List<SubTxn> planned = new ArrayList<>(parts.size());
        SpeculativeTree.Mark mark = context.tree().begin();
        for (Part part : parts) {
            Txn txn = Ops.writeOp(part.op).plan(part.request, context);
            if (txn instanceof ErrorTxn) {
                context.tree().rollback(mark);
                planned.add(new SubTxn(OpCode.ERROR.code(), txn));
                return failed(planned, parts.size());
            }
            planned.add(new SubTxn(part.op.code(), txn));
        }
        context.tree().keep();
        return new MultiTxn(planned);
    }

    /** What stands before the failed part keeps its record, what follows was not tried (storage-formats 4). */
    private static Txn failed(List<SubTxn> planned, int size) {
        while (planned.size() < size) {
            planned.add(new SubTxn(OpCode.ERROR.code(), Ops.refuse(ErrorCode.RUNTIME_INCONSISTENCY)));
        }
        return new MultiTxn(planned);
    }

    /** Inside a multi the flags decide what a create makes (client-protocol 9.3). Null if some part is not allowed. */
    private static List<Part> normalise(MultiRequest multi) {
        List<Part> parts = new ArrayList<>(multi.ops().size());
        for (io.quorate.wire.proto.MultiOp part : multi.ops()) {
            OpCode op = OpCode.of(part.type());
            Request request = part.request();
            if (pathOf(request) == null) {
                return null;
            }
            if (request instanceof CreateTtlRequest ttl && !CreateOp.isTtl(ttl.flags())) {
                op = OpCode.CREATE;
                request = new CreateRequest(ttl.path(), ttl.data(), ttl.acl(), ttl.flags());
            }
            if (request instanceof CreateRequest create) {
                if (CreateOp.isUnknown(create.flags()) || CreateOp.isTtl(create.flags())) {
                    return null;
                }
                if (CreateOp.isContainer(create.flags())) {
                    op = OpCode.CREATE_CONTAINER;
                }
            }
            if (request instanceof CreateTtlRequest ttl && CreateOp.isUnknown(ttl.flags())) {
                return null;
            }
            parts.add(new Part(op, request));
        }
        return parts;
    }

    /** Null if the client sent none, which makes the whole multi unreadable wherever it stands. */
    private static String pathOf(Request request) {
        if (request instanceof CreateRequest create) {
            return create.path();
        }
        if (request instanceof CreateTtlRequest create) {
            return create.path();
        }
        if (request instanceof DeleteRequest delete) {
            return delete.path();
        }
        return request instanceof SetDataRequest set ? set.path() : ((CheckVersionRequest) request).path();
    }
}
