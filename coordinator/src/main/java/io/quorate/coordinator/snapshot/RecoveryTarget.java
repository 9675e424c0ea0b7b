package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.proto.Acl;
import java.util.List;

/** Passes a snapshot on into a core that has not started. */
record RecoveryTarget(Recovery recovery) implements SnapshotTarget {

    @Override
    public void session(long id, int timeoutMillis) {
        recovery.session(id, timeoutMillis);
    }

    @Override
    public void acl(int id, List<Acl> acl) {
        recovery.acl(id, acl);
    }

    @Override
    public boolean node(String path, NodeImage image) {
        return recovery.node(path, image);
    }
}
