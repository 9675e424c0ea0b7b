package io.quorate.coordinator.tree;

import io.quorate.wire.proto.Stat;
import java.util.List;

/**
 * One committed node: its data, its stored stat, and its place in the tree. Mutable, and touched by the core's thread alone;
 * the data array is never written after it was stored, so replies may share it.
 */
public final class Znode {

    static final int UNLINKED = -1;

    final String path;
    final Znode parent;
    final long czxid;
    final long ctime;
    final long owner;
    byte[] data;
    Children children;
    long mzxid;
    long mtime;
    long pzxid;
    int version;
    int childVersion;
    int aversion;
    int aclId;

    /** CRC of this node as the tree digest counts it; 0 while the node is excluded or digests are off. */
    int digest;

    /** Number of the last snapshot that holds this node, {@link #UNLINKED} once it is no longer in the tree. */
    int snapshotStamp;

    Znode(String path, Znode parent, NodeImage image) {
        this.path = path;
        this.parent = parent;
        this.data = image.data();
        this.aclId = image.aclId();
        this.czxid = image.czxid();
        this.mzxid = image.mzxid();
        this.pzxid = image.pzxid();
        this.ctime = image.ctime();
        this.mtime = image.mtime();
        this.version = image.version();
        this.childVersion = image.childVersion();
        this.aversion = image.aversion();
        this.owner = image.owner();
    }

    /** Full path; "/" for the root. */
    public String path() {
        return path;
    }

    /** The parent, null for the root. */
    public Znode parent() {
        return parent;
    }

    /** The data, null and empty kept apart; never to be written to. */
    public byte[] data() {
        return data;
    }

    public int version() {
        return version;
    }

    public int aversion() {
        return aversion;
    }

    public long mzxid() {
        return mzxid;
    }

    public long pzxid() {
        return pzxid;
    }

    public long mtime() {
        return mtime;
    }

    /** Number of creations below this node, ever: what sequence suffixes are made of (semantics 3.2). */
    public int childVersion() {
        return childVersion;
    }

    /** The stored owner: 0, a session, or a marker of {@link Owners}. */
    public long owner() {
        return owner;
    }

    /** Id of the access list in {@link AclTable}. */
    public int aclId() {
        return aclId;
    }

    public int numChildren() {
        return children == null ? 0 : children.size();
    }

    /** Names of the children in order. */
    public List<String> childNames() {
        return children == null ? List.of() : children.names(childNameOffset());
    }

    int childNameOffset() {
        return parent == null ? 1 : path.length() + 1;
    }

    int dataLength() {
        return data == null ? 0 : data.length;
    }

    /** The stat as clients see it (semantics 3.2). */
    public Stat stat() {
        int childCount = numChildren();
        return new Stat(
                czxid,
                mzxid,
                ctime,
                mtime,
                version,
                2 * childVersion - childCount,
                aversion,
                Owners.reported(owner),
                dataLength(),
                childCount,
                pzxid);
    }

    NodeImage image() {
        return new NodeImage(data, aclId, czxid, mzxid, ctime, mtime, version, childVersion, aversion, owner, pzxid);
    }
}
