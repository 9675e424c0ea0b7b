package io.quorate.registry.model;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.LongSupplier;

/** Owns the form of topic ids and of the cluster's: 16 random bytes in 22 characters, URL-safe base64 (registry spec 1.2, 1.8). */
public final class TopicIds {
    private static final long VERSION_MASK = 0xffff_ffff_ffff_0fffL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private TopicIds() {}

    /** A new id from 16 random bytes; one that begins with a dash is passed over, because command lines misread it. */
    public static String random(LongSupplier chance) {
        while (true) {
            String id = encode(
                    (chance.getAsLong() & VERSION_MASK) | VERSION_4, (chance.getAsLong() & VARIANT_MASK) | VARIANT_2);
            if (!id.startsWith("-")) {
                return id;
            }
        }
    }

    /** The 22 characters for a UUID of these halves. */
    public static String encode(long high, long low) {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether this is an id that a topic may have: of the right form, and not reserved. */
    public static boolean isValid(String id) {
        return id != null && id.length() == 22 && !id.equals(encode(0, 0)) && !id.equals(encode(0, 1));
    }
}
