package io.quorate.coordinator.tree;

import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;

/** The text of quota limits and quota figures as values (semantics 5.1); −1 means none. */
record QuotaFigures(long count, long bytes, long countHardLimit, long byteHardLimit) {

    static final QuotaFigures NONE = new QuotaFigures(0, 0, -1, -1);

    /** The figures in {@code data}, or null if it cannot be read. */
    static QuotaFigures parse(byte[] data) {
        if (data == null) {
            return null;
        }
        long count = -1;
        long bytes = -1;
        long countHard = -1;
        long byteHard = -1;
        StringTokenizer pieces = new StringTokenizer(new String(data, StandardCharsets.UTF_8), ",;");
        while (pieces.hasMoreTokens()) {
            String piece = pieces.nextToken();
            int equals = piece.indexOf('=');
            if (equals < 0) {
                return null;
            }
            Long value = number(piece, equals + 1);
            if (value == null) {
                return null;
            }
            switch (piece.substring(0, equals)) {
                case "count" -> count = value;
                case "bytes" -> bytes = value;
                case "countHardLimit" -> countHard = value;
                case "byteHardLimit" -> byteHard = value;
                default -> {
                    // A key of a later version says nothing to this one.
                }
            }
        }
        return new QuotaFigures(count, bytes, countHard, byteHard);
    }

    private static Long number(String piece, int from) {
        int end = piece.indexOf('=', from);
        String digits = piece.substring(from, end < 0 ? piece.length() : end);
        if (digits.isEmpty()) {
            return -1L;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
