package io.quorate.coordinator.op;

import io.quorate.coordinator.tree.Znode;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetWatchesRequest;
import java.util.List;

/** Registers the watches of a client that reconnected, or tells it what they have missed (semantics 6.6). */
final class SetWatchesOp implements ReadOp {

    @Override
    public Outcome read(Request request, ReadContext<?> context) {
        SetWatchesRequest set = (SetWatchesRequest) request;
        boolean complete = isComplete(set.dataWatches())
                && isComplete(set.existWatches())
                && isComplete(set.childWatches())
                && set.persistentWatches() != null
                && set.persistentRecursiveWatches() != null;
        if (!complete) {
            return Outcome.of(ErrorCode.MARSHALLING_ERROR);
        }
        for (String path : set.dataWatches()) {
            dataWatch(path, set.relativeZxid(), context);
        }
        for (String path : set.existWatches()) {
            existWatch(path, context);
        }
        for (String path : set.childWatches()) {
            childWatch(path, set.relativeZxid(), context);
        }
        for (String path : set.persistentWatches()) {
            context.watch(path, WatchTable.PERSISTENT);
        }
        for (String path : set.persistentRecursiveWatches()) {
            context.watch(path, WatchTable.RECURSIVE);
        }
        return Outcome.DONE;
    }

    /** Paths that are looked up in the tree must be there; persistent watches are only noted, whatever their path. */
    private static boolean isComplete(List<String> paths) {
        if (paths == null) {
            return false;
        }
        for (String path : paths) {
            if (path == null) {
                return false;
            }
        }
        return true;
    }

    private static void dataWatch(String path, long seenZxid, ReadContext<?> context) {
        Znode node = context.tree().get(path);
        if (node == null) {
            context.missed().accept(EventType.NODE_DELETED, path);
        } else if (node.mzxid() > seenZxid) {
            context.missed().accept(EventType.NODE_DATA_CHANGED, path);
        } else {
            context.watch(path, WatchTable.DATA);
        }
    }

    private static void existWatch(String path, ReadContext<?> context) {
        if (context.tree().get(path) != null) {
            context.missed().accept(EventType.NODE_CREATED, path);
        } else {
            context.watch(path, WatchTable.DATA);
        }
    }

    private static void childWatch(String path, long seenZxid, ReadContext<?> context) {
        Znode node = context.tree().get(path);
        if (node == null) {
            context.missed().accept(EventType.NODE_DELETED, path);
        } else if (node.pzxid() > seenZxid) {
            context.missed().accept(EventType.NODE_CHILDREN_CHANGED, path);
        } else {
            context.watch(path, WatchTable.CHILD);
        }
    }
}
