package io.quorate.xcheck;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Owns the bytes of one frame while they are put together, in the encoding of client-protocol section 2. */
final class Encoder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Encoder int8(int value) {
        bytes.write(value);
        return this;
    }

    Encoder int32(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    Encoder int64(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    Encoder bool(boolean value) {
        return int8(value ? 1 : 0);
    }

    /** Null is length -1. */
    Encoder string(String value) {
        return buffer(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** Null is length -1. */
    Encoder buffer(byte[] value) {
        return value == null ? int32(-1) : int32(value.length).raw(value);
    }

    /** Null is count -1. */
    Encoder strings(List<String> values) {
        if (values == null) {
            return int32(-1);
        }
        int32(values.size());
        values.forEach(this::string);
        return this;
    }

    /** Null is count -1. */
    Encoder acls(List<AclEntry> entries) {
        if (entries == null) {
            return int32(-1);
        }
        int32(entries.size());
        entries.forEach(entry -> int32(entry.perms()).string(entry.scheme()).string(entry.id()));
        return this;
    }

    Encoder raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The payload with its length in front. */
    static byte[] frame(byte[] payload) {
        return new Encoder().buffer(payload).bytes();
    }
}
