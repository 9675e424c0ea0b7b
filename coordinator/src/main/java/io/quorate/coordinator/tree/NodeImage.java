package io.quorate.coordinator.tree;

/**
 * Everything a snapshot stores of a node beside its path (storage-formats 5): data, access list and the persisted stat.
 * {@code childVersion} is the stored child version and {@code owner} the stored owner, both as on disk.
 */
public record NodeImage(
        byte[] data,
        int aclId,
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int childVersion,
        int aversion,
        long owner,
        long pzxid) {

    /** A node as a create transaction makes it. */
    static NodeImage created(byte[] data, int aclId, long zxid, long timeMillis, long owner) {
        return new NodeImage(data, aclId, zxid, zxid, timeMillis, timeMillis, 0, 0, 0, owner, zxid);
    }
}
