package io.quorate.wire;

import java.util.HexFormat;

/** Owns the notation for bytes in tests: hexadecimal digits, with blanks, line ends and bars between them as one likes. */
public final class Hex {
    private Hex() {}

    /** The bytes that {@code text} denotes. */
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("[\\s|]", ""));
    }

    /** Digits only. */
    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
