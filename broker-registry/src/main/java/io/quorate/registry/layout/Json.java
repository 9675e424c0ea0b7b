package io.quorate.registry.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What all bodies have in common (registry spec 2). Numbers in them are 32-bit: old readers reject a body with a larger one. */
final class Json {
    /** Old writers do not escape what is in strings, so bytes below a space are let through. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    static ObjectNode object(int version) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return body.put("version", version);
    }

    static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The body as an object; what is unknown in it is for the caller to pass over. */
    static JsonNode parse(byte[] data) {
        JsonNode body = parseAny(data);
        if (!body.isObject()) {
            throw new MalformedBodyException("not an object: " + body);
        }
        return body;
    }

    static JsonNode parseAny(byte[] data) {
        if (data == null || data.length == 0) {
            throw new MalformedBodyException("empty");
        }
        try {
            return MAPPER.readTree(new String(data, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new MalformedBodyException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static int integer(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new MalformedBodyException(field + " is not a number: " + value);
        }
        return value.intValue();
    }

    static int integer(JsonNode body, String field, int otherwise) {
        return body.hasNonNull(field) ? integer(body, field) : otherwise;
    }

    static long number(JsonNode body, String field, long otherwise) {
        return body.hasNonNull(field) ? number(body, field) : otherwise;
    }

    /** A 64-bit number, in a string as it should be or bare. */
    static long number(JsonNode body, String field) {
        JsonNode value = body.path(field);
        try {
            return value.isNumber() ? value.longValue() : Long.parseLong(value.asText());
        } catch (NumberFormatException e) {
            throw new MalformedBodyException(field + " is not a number: " + value, e);
        }
    }

    static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new MalformedBodyException(field + " is not a text: " + value);
        }
        return value.textValue();
    }

    static String textOrNull(JsonNode body, String field) {
        return body.hasNonNull(field) ? text(body, field) : null;
    }

    /** The version of a body, at least 1. */
    static int version(JsonNode body) {
        int version = integer(body, "version");
        if (version < 1) {
            throw new MalformedBodyException("version " + version);
        }
        return version;
    }

    /** The same, and not above what a reader knows how to read (registry spec 2, rule 4). */
    static int version(JsonNode body, int max) {
        int version = version(body);
        if (version > max) {
            throw new MalformedBodyException("version " + version + " is newer than " + max);
        }
        return version;
    }

    static List<Integer> integers(JsonNode array) {
        if (!array.isArray()) {
            throw new MalformedBodyException("not a list: " + array);
        }
        List<Integer> numbers = new ArrayList<>(array.size());
        for (JsonNode number : array) {
            if (!number.canConvertToInt()) {
                throw new MalformedBodyException("not a list of brokers: " + array);
            }
            numbers.add(number.intValue());
        }
        return numbers;
    }

    /** Lists of brokers by partition; empty if there is no such object. */
    static SortedMap<Integer, List<Integer>> assignment(JsonNode body, String field) {
        SortedMap<Integer, List<Integer>> map = new TreeMap<>();
        forEach(body, field, (key, value) -> {
            try {
                map.put(Integer.parseInt(key), integers(value));
            } catch (NumberFormatException e) {
                throw new MalformedBodyException("not a partition: " + key, e);
            }
        });
        return map;
    }

    static void put(ObjectNode body, String field, SortedMap<Integer, List<Integer>> assignment) {
        ObjectNode object = body.putObject(field);
        assignment.forEach((partition, brokers) -> put(object, partition.toString(), brokers));
    }

    static void put(ObjectNode body, String field, List<Integer> numbers) {
        numbers.forEach(body.putArray(field)::add);
    }

    /** The fields of an object in the body; none if it is not there. */
    static void forEach(JsonNode body, String field, BiConsumer<String, JsonNode> action) {
        body.path(field).properties().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }
}
