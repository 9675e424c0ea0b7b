package io.quorate.coordinator.core;

import io.quorate.coordinator.tree.AclTable;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.quorum.SnapshotPart;
import java.util.List;
import org.agrona.collections.IntHashSet;

/** Takes over a leader's state, part by part, in the place of what was there. */
final class StateLoad {

    /** What a node is protected by whose list is missing: a list that nobody is on. */
    private static final List<Acl> NOBODY =
            List.of(new Acl(0, Acl.OPEN_UNSAFE.get(0).identity()));

    private final Recovery into;
    private final IntHashSet acls = new IntHashSet();

    StateLoad(Recovery into) {
        this.into = into;
        into.reset();
    }

    /** @throws MalformedException if this cannot be part of a state */
    void take(SnapshotPart part) {
        if (part instanceof SnapshotPart.SessionPart session) {
            into.session(session.id(), session.timeoutMillis());
        } else if (part instanceof SnapshotPart.AclPart acl) {
            takeAcl(checked(acl.id()), acl.acl());
        } else {
            takeNode((SnapshotPart.NodePart) part);
        }
    }

    private void takeAcl(int id, List<Acl> acl) {
        if (id == AclTable.OPEN || !acls.add(id)) {
            throw new MalformedException("access list with id " + id + " is there twice, or has the id of none");
        }
        into.acl(id, acl);
    }

    private static int checked(long id) {
        if (id < AclTable.OPEN || id > Integer.MAX_VALUE) {
            throw new MalformedException("access list with id " + id);
        }
        return (int) id;
    }

    private void takeNode(SnapshotPart.NodePart node) {
        int aclId = checked(node.aclId());
        if (aclId != AclTable.OPEN && acls.add(aclId)) {
            into.acl(aclId, NOBODY);
        }
        NodeImage image = new NodeImage(
                node.data(),
                aclId,
                node.czxid(),
                node.mzxid(),
                node.ctime(),
                node.mtime(),
                node.version(),
                node.childVersion(),
                node.aversion(),
                node.owner(),
                node.pzxid());
        if (!into.node(node.path(), image)) {
            throw new MalformedException("node " + node.path() + " has no parent before it, or is there twice");
        }
    }

    /** Everything came: this is the state at {@code zxid}, but for what follows of it twice. */
    void end(long zxid) {
        into.copied(zxid);
    }
}
