package io.quorate.coordinator.tree;

import io.quorate.wire.proto.Acl;
import java.util.List;

/** One node as it will be when everything planned so far has been applied. Changed through {@link SpeculativeTree} alone. */
public final class PlannedNode {

    final String path;
    boolean present;
    byte[] data;
    List<Acl> acl;
    long czxid;
    long mzxid;
    long pzxid;
    long ctime;
    long mtime;
    int version;
    int childVersion;
    int aversion;
    int childCount;
    long owner;
    int digest;

    /** The last transaction that changed this node; 0 while it only mirrors the committed one. */
    long zxid;

    /** The transaction before whose application nobody need look whether this record can go. */
    long since;

    PlannedNode(String path) {
        this.path = path;
    }

    static PlannedNode of(Znode node, List<Acl> acl) {
        PlannedNode planned = new PlannedNode(node.path);
        planned.present = true;
        planned.data = node.data;
        planned.acl = acl;
        planned.czxid = node.czxid;
        planned.mzxid = node.mzxid;
        planned.pzxid = node.pzxid;
        planned.ctime = node.ctime;
        planned.mtime = node.mtime;
        planned.version = node.version;
        planned.childVersion = node.childVersion;
        planned.aversion = node.aversion;
        planned.childCount = node.numChildren();
        planned.owner = node.owner;
        planned.digest = node.digest;
        return planned;
    }

    PlannedNode copy() {
        PlannedNode copy = new PlannedNode(path);
        copy.restore(this);
        return copy;
    }

    void restore(PlannedNode from) {
        present = from.present;
        data = from.data;
        acl = from.acl;
        czxid = from.czxid;
        mzxid = from.mzxid;
        pzxid = from.pzxid;
        ctime = from.ctime;
        mtime = from.mtime;
        version = from.version;
        childVersion = from.childVersion;
        aversion = from.aversion;
        childCount = from.childCount;
        owner = from.owner;
        digest = from.digest;
        zxid = from.zxid;
    }

    public String path() {
        return path;
    }

    public List<Acl> acl() {
        return acl;
    }

    public int version() {
        return version;
    }

    /** The stored child version: the next sequence number below this node. */
    public int childVersion() {
        return childVersion;
    }

    public int aversion() {
        return aversion;
    }

    public int childCount() {
        return childCount;
    }

    /** The stored owner, see {@link Owners}. */
    public long owner() {
        return owner;
    }

    public int dataLength() {
        return data == null ? 0 : data.length;
    }
}
