package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Znode;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.CheckWatchesRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetAllChildrenNumberRequest;
import io.quorate.wire.proto.GetAllChildrenNumberResponse;
import io.quorate.wire.proto.GetChildren2Response;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.RemoveWatchesRequest;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.SyncResponse;

/** The reads, by operation. Those of a few lines are here, the others have a class of their own. */
final class Reads {

    private static final int ADD_PERSISTENT = 0;
    private static final int ADD_RECURSIVE = 1;

    private final ReadOp[] byOp = new ReadOp[OpCode.values().length];

    Reads() {
        put(OpCode.PING, (request, context) -> Outcome.DONE);
        put(OpCode.GET_DATA, Reads::getData);
        put(OpCode.EXISTS, Reads::exists);
        put(OpCode.GET_CHILDREN, Reads::getChildren);
        put(OpCode.GET_CHILDREN2, Reads::getChildren2);
        put(OpCode.GET_ACL, new GetAclOp());
        put(OpCode.GET_ALL_CHILDREN_NUMBER, Reads::getAllChildrenNumber);
        put(OpCode.GET_EPHEMERALS, new GetEphemeralsOp());
        put(OpCode.MULTI_READ, new MultiReadOp());
        put(OpCode.SYNC, (request, context) -> Outcome.of(new SyncResponse(((SyncRequest) request).path())));
        put(OpCode.WHO_AM_I, new WhoAmIOp());
        put(OpCode.ADD_WATCH, Reads::addWatch);
        put(OpCode.CHECK_WATCHES, Reads::checkWatches);
        put(OpCode.REMOVE_WATCHES, Reads::removeWatches);
        put(OpCode.SET_WATCHES, new SetWatchesOp());
        put(OpCode.SET_WATCHES2, new SetWatchesOp());
    }

    private void put(OpCode op, ReadOp read) {
        byOp[op.ordinal()] = read;
    }

    ReadOp of(OpCode op) {
        ReadOp read = byOp[op.ordinal()];
        assert read != null : op;
        return read;
    }

    private static Outcome getData(Request request, ReadContext<?> context) {
        GetDataRequest get = (GetDataRequest) request;
        if (get.path() == null) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        Znode node = context.tree().get(get.path());
        if (node == null) {
            return Outcome.of(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.READ, node)) {
            return Outcome.of(ErrorCode.NO_AUTH);
        }
        if (get.watch()) {
            context.watch(get.path(), WatchTable.DATA);
        }
        return Outcome.of(new GetDataResponse(node.data(), node.stat()));
    }

    private static Outcome exists(Request request, ReadContext<?> context) {
        ExistsRequest exists = (ExistsRequest) request;
        String path = exists.path();
        if (path == null) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        if (path.indexOf('\0') >= 0) {
            return Outcome.of(ErrorCode.BAD_ARGUMENTS);
        }
        Znode node = context.tree().get(path);
        if (node != null && context.mayNot(Acl.READ, node)) {
            return Outcome.of(ErrorCode.NO_AUTH);
        }
        if (exists.watch()) {
            context.watch(path, WatchTable.DATA);
        }
        return node == null ? Outcome.of(ErrorCode.NO_NODE) : Outcome.of(new StatResponse(node.stat()));
    }

    private static Outcome getChildren(Request request, ReadContext<?> context) {
        GetChildrenRequest get = (GetChildrenRequest) request;
        Outcome refused = children(get, context);
        return refused != null
                ? refused
                : Outcome.of(
                        new GetChildrenResponse(context.tree().get(get.path()).childNames()));
    }

    private static Outcome getChildren2(Request request, ReadContext<?> context) {
        GetChildrenRequest get = (GetChildrenRequest) request;
        Outcome refused = children(get, context);
        if (refused != null) {
            return refused;
        }
        Znode node = context.tree().get(get.path());
        return Outcome.of(new GetChildren2Response(node.childNames(), node.stat()));
    }

    private static Outcome children(GetChildrenRequest get, ReadContext<?> context) {
        if (get.path() == null) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        Znode node = context.tree().get(get.path());
        if (node == null) {
            return Outcome.of(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.READ, node)) {
            return Outcome.of(ErrorCode.NO_AUTH);
        }
        if (get.watch()) {
            context.watch(get.path(), WatchTable.CHILD);
        }
        return null;
    }

    private static Outcome getAllChildrenNumber(Request request, ReadContext<?> context) {
        String path = ((GetAllChildrenNumberRequest) request).path();
        if (path == null) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        Znode node = context.tree().get(path);
        if (node == null) {
            return Outcome.of(ErrorCode.NO_NODE);
        }
        if (context.mayNot(Acl.READ, node)) {
            return Outcome.of(ErrorCode.NO_AUTH);
        }
        // By its empty name the root counts itself, too.
        int itself = path.isEmpty() ? 1 : 0;
        return Outcome.of(new GetAllChildrenNumberResponse(context.tree().countBelow(node) + itself));
    }

    private static Outcome addWatch(Request request, ReadContext<?> context) {
        AddWatchRequest add = (AddWatchRequest) request;
        if (add.mode() != ADD_PERSISTENT && add.mode() != ADD_RECURSIVE) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        context.watch(add.path(), add.mode() == ADD_RECURSIVE ? WatchTable.RECURSIVE : WatchTable.PERSISTENT);
        return Outcome.of(new ErrorResponse(0));
    }

    private static Outcome checkWatches(Request request, ReadContext<?> context) {
        CheckWatchesRequest check = (CheckWatchesRequest) request;
        int modes = modes(check.type());
        if (modes == 0) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        return found((context.watched(check.path()) & modes) != 0);
    }

    private static Outcome removeWatches(Request request, ReadContext<?> context) {
        RemoveWatchesRequest remove = (RemoveWatchesRequest) request;
        int modes = modes(remove.type());
        if (modes == 0) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        return found(context.unwatch(remove.path(), modes) != 0);
    }

    private static Outcome found(boolean found) {
        return found ? Outcome.DONE : Outcome.of(ErrorCode.NO_WATCHER);
    }

    /** What a watcher type on the wire stands for (client-protocol 8.12), 0 if unknown. */
    private static int modes(int type) {
        return switch (type) {
            case 1 -> WatchTable.CHILD;
            case 2 -> WatchTable.DATA;
            case 3 -> WatchTable.ANY;
            case 4 -> WatchTable.PERSISTENT;
            case 5 -> WatchTable.RECURSIVE;
            default -> 0;
        };
    }
}
