package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.registry.model.ConfigEntity;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bodies of configurations and of the announcements that they have changed (registry spec 1.6). */
public final class ConfigJson {
    private static final int VERSION = 1;
    private static final int CHANGE_VERSION = 2;

    private ConfigJson() {}

    /** Encodes a configuration. */
    public static byte[] encode(Map<String, String> config) {
        ObjectNode body = Json.object(VERSION);
        ObjectNode values = body.putObject("config");
        new TreeMap<>(config).forEach(values::put);
        return Json.bytes(body);
    }

    /**
     * Decodes a configuration; a node without data has an empty one.
     *
     * @throws MalformedBodyException if it is none
     */
    public static SortedMap<String, String> decode(byte[] data) {
        SortedMap<String, String> config = new TreeMap<>();
        if (data != null && data.length > 0) {
            Json.forEach(Json.parse(data), "config", (key, value) -> config.put(key, value.asText()));
        }
        return config;
    }

    /** Encodes the announcement that a configuration has changed. */
    public static byte[] encodeChange(ConfigEntity entity) {
        return Json.bytes(Json.object(CHANGE_VERSION).put("entity_path", RegistryPaths.entityPath(entity)));
    }

    /**
     * Decodes an announcement, of any version; null if it is about something that we do not know.
     *
     * @throws MalformedBodyException if it is none; readers pass over it
     */
    public static ConfigEntity decodeChange(byte[] data) {
        JsonNode body = Json.parseAny(data);
        if (body.isTextual()) {
            return ConfigEntity.topic(body.textValue());
        }
        if (Json.version(body, CHANGE_VERSION) == CHANGE_VERSION) {
            return RegistryPaths.entity(Json.text(body, "entity_path"));
        }
        return RegistryPaths.entity(Json.text(body, "entity_type") + "/" + Json.text(body, "entity_name"));
    }
}
