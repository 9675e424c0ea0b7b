package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One entry of an access control list: who may do what (client-protocol section 3.2).
 *
 * <pre>int perms | ustring scheme | ustring id</pre>
 *
 * @param perms bits of {@link #READ} to {@link #ADMIN}; unknown bits are kept as they are
 * @param identity who
 */
public record Acl(int perms, Identity identity) {
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int CREATE = 4;
    public static final int DELETE = 8;
    public static final int ADMIN = 16;
    public static final int ALL = 31;

    /** Everybody may do everything. */
    public static final List<Acl> OPEN_UNSAFE = List.of(new Acl(ALL, new Identity("world", "anyone")));

    /** The open list as it is on the wire: almost every node has it, so it is neither taken apart nor put together. */
    private static final byte[] OPEN_BYTES =
            "\0\0\0\1\0\0\0\37\0\0\0\5world\0\0\0\6anyone".getBytes(StandardCharsets.US_ASCII);

    /** Everybody may read. */
    public static final List<Acl> READ_UNSAFE = List.of(new Acl(READ, new Identity("world", "anyone")));

    private static final int BYTES_MIN = 3 * Integer.BYTES;

    /** Decodes one. */
    public static Acl read(JuteReader reader) {
        return new Acl(reader.readInt(), Identity.read(reader));
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(perms);
        identity.write(writer);
    }

    /** Decodes a vector, unmodifiable; null for a null vector. */
    public static List<Acl> readList(JuteReader reader) {
        if (reader.skipIf(OPEN_BYTES)) {
            return OPEN_UNSAFE;
        }
        int count = reader.readCount(BYTES_MIN);
        if (count < 0) {
            return null;
        }
        Acl[] acls = new Acl[count];
        for (int i = 0; i < count; i++) {
            acls[i] = read(reader);
        }
        return Collections.unmodifiableList(Arrays.asList(acls));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isOpen(List<Acl> acls) {
        return acls == OPEN_UNSAFE;
    }

    /** Encodes a vector; null is count -1. */
    public static void writeList(JuteWriter writer, List<Acl> aclsOrNull) {
        if (aclsOrNull == null) {
            writer.writeInt(-1);
            return;
        }
        if (isOpen(aclsOrNull)) {
            writer.writeRaw(OPEN_BYTES);
            return;
        }
        writer.writeInt(aclsOrNull.size());
        for (Acl acl : aclsOrNull) {
            acl.write(writer);
        }
    }
}
