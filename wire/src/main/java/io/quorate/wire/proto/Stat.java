package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;

/**
 * What a node tells about itself besides its data; always 68 bytes (client-protocol section 3.1).
 *
 * <pre>long czxid | long mzxid | long ctime | long mtime | int version | int cversion | int aversion | long ephemeralOwner | int dataLength | int numChildren | long pzxid</pre>
 *
 * @param czxid zxid of the creation
 * @param mzxid zxid of the last change of data
 * @param ctime creation, milliseconds since 1970
 * @param mtime last change of data, milliseconds since 1970
 * @param version number of changes of data
 * @param cversion number of children created and deleted
 * @param aversion number of changes of the ACL
 * @param ephemeralOwner session of an ephemeral, else 0
 * @param dataLength bytes of data, 0 for null
 * @param numChildren direct children
 * @param pzxid zxid of the last creation or deletion of a child
 */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {
    /** Decodes one. */
    public static Stat read(JuteReader reader) {
        return new Stat(
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readInt(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readLong());
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeLong(czxid);
        writer.writeLong(mzxid);
        writer.writeLong(ctime);
        writer.writeLong(mtime);
        writer.writeInt(version);
        writer.writeInt(cversion);
        writer.writeInt(aversion);
        writer.writeLong(ephemeralOwner);
        writer.writeInt(dataLength);
        writer.writeInt(numChildren);
        writer.writeLong(pzxid);
    }
}
