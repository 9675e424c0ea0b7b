package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.proto.Acl;
import java.util.List;

/** Takes nothing: for reading a file only to know that it is whole. */
record NoTarget() implements SnapshotTarget {

    @Override
    public void session(long id, int timeoutMillis) {}

    @Override
    public void acl(int id, List<Acl> acl) {}

    @Override
    public void node(String path, NodeImage image) {}
}
