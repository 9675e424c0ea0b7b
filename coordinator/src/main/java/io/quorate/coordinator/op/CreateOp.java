package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Owners;
import io.quorate.coordinator.tree.Paths;
import io.quorate.coordinator.tree.PlannedNode;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.Txn;
import java.util.List;
import java.util.Locale;

/** Plans create, create2, createContainer and createTTL; the operation, not the flags, makes containers and TTL nodes. */
final class CreateOp implements WriteOp {

    enum Kind {
        PLAIN,
        CONTAINER,
        TTL
    }

    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;
    private static final int EPHEMERAL_SEQUENTIAL = 3;
    private static final int CONTAINER = 4;
    private static final int TTL = 5;
    private static final int TTL_SEQUENTIAL = 6;

    /** What all four requests say; {@code ttlMillis} is −1 where there is none. */
    private record Wanted(String path, byte[] data, List<Acl> acl, int flags, long ttlMillis) {

        boolean sequential() {
            return flags == SEQUENTIAL || flags == EPHEMERAL_SEQUENTIAL || flags == TTL_SEQUENTIAL;
        }

        boolean ephemeral() {
            return flags == EPHEMERAL || flags == EPHEMERAL_SEQUENTIAL;
        }
    }

    private final Kind kind;

    CreateOp(Kind kind) {
        this.kind = kind;
    }

    /** True for flags that no create knows. */
    static boolean isUnknown(int flags) {
        return flags < 0 || flags > TTL_SEQUENTIAL;
    }

    static boolean isContainer(int flags) {
        return flags == CONTAINER;
    }

    static boolean isTtl(int flags) {
        return flags == TTL || flags == TTL_SEQUENTIAL;
    }

    @Override
    public Txn plan(Request request, PlanContext context) {
        Wanted wanted = wanted(request);
        ErrorCode refused = checkFlags(wanted, context);
        if (refused != null) {
            return Ops.refuse(refused);
        }
        if (wanted.path == null) {
            return Ops.refuse(ErrorCode.MARSHALLING_ERROR);
        }
        if (!Paths.hasParent(wanted.path)) {
            return Ops.refuse(ErrorCode.BAD_ARGUMENTS);
        }
        List<Acl> acl =
                context.permissions().prepare(wanted.acl, context.caller().identities());
        if (acl == null) {
            return Ops.refuse(ErrorCode.INVALID_ACL);
        }
        PlannedNode parent = context.tree().node(Paths.parent(wanted.path));
        if (parent == null) {
            return Ops.refuse(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.CREATE, parent)) {
            return Ops.refuse(ErrorCode.NO_AUTH);
        }
        String path = wanted.sequential() ? wanted.path + suffix(parent.childVersion()) : wanted.path;
        refused = checkPlace(path, parent, wanted, context);
        return refused != null ? Ops.refuse(refused) : create(parent, path, acl, wanted, context);
    }

    private static Wanted wanted(Request request) {
        if (request instanceof CreateTtlRequest ttl) {
            return new Wanted(ttl.path(), ttl.data(), ttl.acl(), ttl.flags(), ttl.ttlMillis());
        }
        CreateRequest create = (CreateRequest) request;
        return new Wanted(create.path(), create.data(), create.acl(), create.flags(), -1);
    }

    private ErrorCode checkFlags(Wanted wanted, PlanContext context) {
        if (isUnknown(wanted.flags)) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        if (isTtl(wanted.flags)) {
            if (!context.settings().extendedTypes()) {
                return ErrorCode.UNIMPLEMENTED;
            }
            boolean valid = wanted.ttlMillis > 0 && wanted.ttlMillis <= Owners.TTL_MILLIS_MAX;
            return valid ? null : ErrorCode.BAD_ARGUMENTS;
        }
        // The reference lets a negative ttl pass here and dies applying it (client-protocol 8.2).
        return kind == Kind.TTL ? ErrorCode.BAD_ARGUMENTS : null;
    }

    private static ErrorCode checkPlace(String path, PlannedNode parent, Wanted wanted, PlanContext context) {
        if (!Paths.isValid(path)) {
            return ErrorCode.BAD_ARGUMENTS;
        }
        if (context.tree().node(path) != null) {
            return ErrorCode.NODE_EXISTS;
        }
        if (Owners.isEphemeral(parent.owner())) {
            return ErrorCode.NO_CHILDREN_FOR_EPHEMERALS;
        }
        return context.overQuota(path, 1, wanted.data == null ? 0 : wanted.data.length);
    }

    private Txn create(PlannedNode parent, String path, List<Acl> acl, Wanted wanted, PlanContext context) {
        long owner =
                switch (kind) {
                    case PLAIN -> wanted.ephemeral() ? context.caller().session() : Owners.PERSISTENT;
                    case CONTAINER -> Owners.CONTAINER;
                    case TTL -> Owners.ttl(wanted.ttlMillis);
                };
        int childVersion = context.tree().create(parent, path, wanted.data, acl, owner, context.stamp());
        return switch (kind) {
            case PLAIN -> new CreateTxn(path, wanted.data, acl, wanted.ephemeral(), childVersion);
            case CONTAINER -> new CreateContainerTxn(path, wanted.data, acl, childVersion);
            case TTL -> new CreateTtlTxn(path, wanted.data, acl, childVersion, wanted.ttlMillis);
        };
    }

    /** At least ten characters, zero padded behind the sign (semantics 3.4). */
    private static String suffix(int number) {
        return String.format(Locale.ROOT, "%010d", number);
    }
}
