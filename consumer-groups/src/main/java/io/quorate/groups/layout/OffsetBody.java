package io.quorate.groups.layout;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Reads and writes the body of an offset: decimal text and nothing else, as old consumers parse all of it (A7). */
public final class OffsetBody {
    private OffsetBody() {}

    /** The text of an offset. */
    public static byte[] bytes(long offset) {
        return Long.toString(offset).getBytes(StandardCharsets.US_ASCII);
    }

    /** The offset in a body; empty if the body is no number. */
    public static OptionalLong read(byte[] body) {
        if (body == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(body, StandardCharsets.US_ASCII).trim()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
