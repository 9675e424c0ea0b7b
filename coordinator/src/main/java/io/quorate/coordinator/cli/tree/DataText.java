package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Prints the data of a node: as text, in base 64, or as a dump of its bytes. */
public final class DataText {

    private static final int DUMP_WIDTH = 16;
    private static final String RULE = "+-------------------------------------------------+";
    private static final String HEADS = "|  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |";

    private DataText() {}

    /** The data as UTF-8; {@code null} for a node without data, as ZooKeeper's shell prints it. */
    public static String plain(byte[] dataOrNull) {
        return dataOrNull == null ? "null" : new String(dataOrNull, StandardCharsets.UTF_8);
    }

    /** The data in base 64; {@code null} for a node without data. */
    public static String base64(byte[] dataOrNull) {
        return dataOrNull == null ? "null" : Base64.getEncoder().encodeToString(dataOrNull);
    }

    /** The data as offsets, bytes and the characters they may be. */
    public static List<String> dump(byte[] dataOrNull) {
        byte[] data = dataOrNull == null ? new byte[0] : dataOrNull;
        List<String> lines = new ArrayList<>(List.of(
                " ".repeat(9) + RULE, " ".repeat(9) + HEADS, "+--------" + RULE + "-".repeat(DUMP_WIDTH) + "+"));
        for (int start = 0; start < data.length; start += DUMP_WIDTH) {
            lines.add(dumpLine(data, start));
        }
        lines.add("+--------" + RULE + "-".repeat(DUMP_WIDTH) + "+");
        return lines;
    }

    private static String dumpLine(byte[] data, int start) {
        StringBuilder bytes = new StringBuilder();
        StringBuilder characters = new StringBuilder();
        for (int i = start; i < start + DUMP_WIDTH; i++) {
            bytes.append(i < data.length ? " %02x".formatted(data[i]) : "   ");
            boolean shows = i < data.length && data[i] > ' ' && data[i] < 0x7f;
            characters.append(i >= data.length ? ' ' : shows ? (char) data[i] : '.');
        }
        return "|%08x|%s |%s|".formatted(start, bytes, characters);
    }

    /** Puts {@code data} if it is text, else {@code data_base64}; the other one is null, and both are if there is no data. */
    static void json(ObjectNode object, byte[] dataOrNull) {
        object.put("data", text(dataOrNull));
        boolean binary = dataOrNull != null && text(dataOrNull) == null;
        object.put("data_base64", binary ? base64(dataOrNull) : null);
    }

    private static String text(byte[] dataOrNull) {
        if (dataOrNull == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(dataOrNull))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // not text, which is an answer
        }
    }
}
