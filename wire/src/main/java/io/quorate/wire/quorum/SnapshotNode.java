package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What a snapshot holds of a node behind its path (storage-formats section 5).
 *
 * <pre>buffer data | long aclId | long czxid | long mzxid | long ctime | long mtime | int version | int cversion | int aversion | long ephemeralOwner | long pzxid</pre>
 *
 * @param data may be null; must not be changed
 * @param aclId id in the table of access lists, -1 for the open one
 * @param czxid zxid of the creation
 * @param mzxid zxid of the last change of data
 * @param ctime creation, milliseconds since 1970
 * @param mtime last change of data, milliseconds since 1970
 * @param version number of changes of data
 * @param cversion number of children created, as stored
 * @param aversion number of changes of the ACL
 * @param ephemeralOwner session of an ephemeral, or the marker of a container or a time to live; else 0
 * @param pzxid zxid of the last creation or deletion of a child
 */
public record SnapshotNode(
        byte[] data,
        long aclId,
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        long pzxid) {
    /** Bytes behind the data. */
    static final int TAIL_BYTES = 7 * Long.BYTES + 3 * Integer.BYTES;

    /** Decodes one. */
    public static SnapshotNode read(JuteReader reader) {
        return new SnapshotNode(
                reader.readBuffer(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readInt(),
                reader.readLong(),
                reader.readLong());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeBuffer(data);
        writer.writeLong(aclId);
        writer.writeLong(czxid);
        writer.writeLong(mzxid);
        writer.writeLong(ctime);
        writer.writeLong(mtime);
        writer.writeInt(version);
        writer.writeInt(cversion);
        writer.writeInt(aversion);
        writer.writeLong(ephemeralOwner);
        writer.writeLong(pzxid);
    }
}
