package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.op.Permissions;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.Changes;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.Owners;
import io.quorate.coordinator.tree.Znode;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.WatchedEvent;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies committed transactions to tree and sessions, raises the watches they fire, and says what the client behind each is
 * answered. The same for replies, replay and, in an ensemble, on every member; it cannot fail.
 */
final class Applier implements Changes {

    private static final Outcome NO_NODE = Outcome.of(ErrorCode.NO_NODE);

    private final DataTree tree;
    private final SessionTable sessions;
    private final WatchTable<Client> watches;
    private final Permissions permissions;
    private final ContainerKeeper containers;
    private long zxid;

    Applier(
            boolean digestEnabled,
            SessionTable sessions,
            WatchTable<Client> watches,
            Permissions permissions,
            ContainerKeeper containers) {
        this.sessions = sessions;
        this.watches = watches;
        this.permissions = permissions;
        this.containers = containers;
        this.tree = new DataTree(digestEnabled, this);
    }

    DataTree tree() {
        return tree;
    }

    ContainerKeeper containers() {
        return containers;
    }

    /** Applies one transaction. Watch events go out before this returns. */
    Outcome apply(TxnHeader header, Txn txn) {
        zxid = header.zxid();
        OpCode op = OpCode.of(header.type());
        return txn instanceof MultiTxn multi ? applyMulti(header, multi) : apply(op, header, txn);
    }

    private Outcome apply(OpCode op, TxnHeader header, Txn txn) {
        return switch (op) {
            case CREATE, CREATE2 -> created(op, tree.apply((CreateTxn) txn, header.clientId(), zxid, time(header)));
            case CREATE_CONTAINER -> created(op, tree.apply((CreateContainerTxn) txn, zxid, time(header)));
            case CREATE_TTL -> created(op, tree.apply((CreateTtlTxn) txn, zxid, time(header)));
            case DELETE, DELETE_CONTAINER -> {
                yield tree.delete(((DeleteTxn) txn).path(), zxid) == null ? NO_NODE : Outcome.DONE;
            }
            case SET_DATA, RECONFIG -> changed(tree.apply((SetDataTxn) txn, zxid, time(header)));
            case SET_ACL -> changed(tree.apply((SetAclTxn) txn));
            case CREATE_SESSION -> {
                sessions.create(header.clientId(), ((CreateSessionTxn) txn).timeoutMillis());
                yield Outcome.DONE;
            }
            case CLOSE_SESSION -> closeSession(header.clientId(), (CloseSessionTxn) txn);
            case ERROR -> new Outcome(((ErrorTxn) txn).err(), null);
            default -> Outcome.DONE;
        };
    }

    private static long time(TxnHeader header) {
        return header.timeMillis();
    }

    private static Outcome created(OpCode op, Znode node) {
        if (node == null) {
            return Outcome.of(ErrorCode.NODE_EXISTS);
        }
        return new Outcome(
                0,
                op == OpCode.CREATE ? new CreateResponse(node.path()) : new Create2Response(node.path(), node.stat()));
    }

    private static Outcome changed(Znode node) {
        return node == null ? NO_NODE : new Outcome(0, new StatResponse(node.stat()));
    }

    private Outcome closeSession(long id, CloseSessionTxn txn) {
        Set<String> paths = new LinkedHashSet<>();
        if (txn.paths() != null) {
            paths.addAll(txn.paths());
        }
        paths.addAll(sessions.ephemerals(id));
        for (String path : paths) {
            tree.delete(path, zxid);
        }
        sessions.remove(id);
        return Outcome.DONE;
    }

    private Outcome applyMulti(TxnHeader header, MultiTxn multi) {
        boolean failed = false;
        for (SubTxn part : multi.txns()) {
            failed |= part.type() == OpCode.ERROR.code();
        }
        List<MultiResult> results = new ArrayList<>(multi.txns().size());
        for (SubTxn part : multi.txns()) {
            results.add(failed ? notApplied(part) : applyPart(header, part));
        }
        return new Outcome(0, new MultiResponse(results));
    }

    private static MultiResult notApplied(SubTxn part) {
        int err = part.txn() instanceof ErrorTxn error ? error.err() : 0;
        return error(err);
    }

    private MultiResult applyPart(TxnHeader header, SubTxn part) {
        OpCode op = OpCode.of(part.type());
        Outcome outcome = apply(op, header, part.txn());
        if (outcome.err() != 0) {
            return error(outcome.err());
        }
        boolean withStat = op == OpCode.CREATE_CONTAINER || op == OpCode.CREATE_TTL;
        return new MultiResult(withStat ? OpCode.CREATE2.code() : part.type(), 0, outcome.body());
    }

    private static MultiResult error(int err) {
        return new MultiResult(OpCode.ERROR.code(), err, new ErrorResponse(err));
    }

    /** Takes away ephemerals whose session is not known, as after loading foreign data (semantics 7.5). */
    void dropOrphans(List<String> paths) {
        for (String path : paths) {
            Znode node = tree.get(path);
            if (node != null && Owners.isEphemeral(node.owner()) && sessions.get(node.owner()) == null) {
                tree.delete(path, 0);
            }
        }
    }

    @Override
    public void created(Znode node) {
        own(node.path(), node.owner());
        fireData(EventType.NODE_CREATED, node);
        fireChildren(node.parent());
    }

    /** Notes who owns a node, whether it was created or loaded. */
    void own(String path, long owner) {
        if (Owners.isEphemeral(owner)) {
            sessions.addEphemeral(owner, path);
        } else if (owner != Owners.PERSISTENT) {
            containers.add(path);
        }
    }

    @Override
    public void deleted(Znode node) {
        if (Owners.isEphemeral(node.owner())) {
            sessions.removeEphemeral(node.owner(), node.path());
        } else if (node.owner() != Owners.PERSISTENT) {
            containers.remove(node.path());
        }
        WatchedEvent event = new WatchedEvent(EventType.NODE_DELETED, node.path());
        watches.fireDeleted(node.path(), client -> tell(client, event, node));
        fireChildren(node.parent());
    }

    @Override
    public void dataChanged(Znode node) {
        fireData(EventType.NODE_DATA_CHANGED, node);
    }

    private void fireData(EventType type, Znode node) {
        if (watches.isEmpty()) {
            return;
        }
        WatchedEvent event = new WatchedEvent(type, node.path());
        watches.fireData(node.path(), client -> tell(client, event, node));
    }

    private void fireChildren(Znode parent) {
        if (watches.isEmpty()) {
            return;
        }
        WatchedEvent event = new WatchedEvent(EventType.NODE_CHILDREN_CHANGED, parent.path());
        watches.fireChild(parent.path(), client -> tell(client, event, parent));
    }

    /** Whoever may not read the node is not told, though the watch is spent (semantics 6.4). */
    private void tell(Client client, WatchedEvent event, Znode aclOf) {
        if (permissions.allows(tree.acl(aclOf), Acl.READ, client.caller.identities())) {
            client.out.event(zxid, event);
        }
    }
}
