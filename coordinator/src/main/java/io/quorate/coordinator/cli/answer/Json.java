package io.quorate.coordinator.cli.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes the JSON of answers. */
public final class Json {

    /** Up to here a number arrives unchanged in programs that know only floating point numbers. */
    private static final long EXACT_MAX = 1L << 53;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A 64-bit number that names something, such as a zxid or a session: always a string. */
    public static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    /** Puts a number; as a string if programs might not read it exactly. */
    public static void number(ObjectNode object, String key, long number) {
        if (Math.abs(number) <= EXACT_MAX) {
            object.put(key, number);
        } else {
            object.put(key, Long.toString(number));
        }
    }

    /** Puts a list of strings. */
    public static void strings(ObjectNode object, String key, List<String> strings) {
        ArrayNode array = object.putArray(key);
        strings.forEach(array::add);
    }

    /** Puts a list of numbers. */
    public static void numbers(ObjectNode object, String key, List<Integer> numbers) {
        ArrayNode array = object.putArray(key);
        numbers.forEach(array::add);
    }

    /** Puts a list of objects, each filled by {@code filler}. */
    public static <T> void objects(ObjectNode object, String key, List<T> items, BiConsumer<T, ObjectNode> filler) {
        ArrayNode array = object.putArray(key);
        items.forEach(item -> filler.accept(item, array.addObject()));
    }

    /** The text of an object, on several lines. */
    public static String text(ObjectNode object) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of plain values can always be written
        }
    }
}
