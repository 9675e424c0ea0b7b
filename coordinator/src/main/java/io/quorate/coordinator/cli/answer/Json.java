package io.quorate.coordinator.cli.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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

    /**
     * Writes an object like {@link #text}, with one list that is as long as it becomes. If reading fails, the text stays unfinished,
     * so that nobody takes it for all there is.
     *
     * @param object what comes before the list
     */
    public static <T> void write(PrintWriter out, ObjectNode object, LongAnswer<T> answer) throws AdminException {
        try {
            JsonGenerator json = MAPPER.createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                    .setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                json.writeFieldName(each.getKey());
                json.writeTree(each.getValue());
            }
            json.writeArrayFieldStart(answer.key());
            answer.read(item -> write(json, item, answer));
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            out.println();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a PrintWriter throws none
        }
    }

    private static <T> void write(JsonGenerator json, T item, LongAnswer<T> answer) {
        ObjectNode object = object();
        answer.json(item, object);
        try {
            json.writeTree(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
