package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.FeatureRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The body of a broker's node: versions 1 to 5 and later ones are read, 5 is written (registry spec 1.1). */
public final class BrokerJson {
    private static final int VERSION = 5;
    private static final int ENDPOINTS_SINCE = 2;

    /** Ours alone; real brokers pass over it (registry spec 4.3). */
    private static final String INCARNATION = "quorate_incarnation";

    /**
     * A body.
     *
     * @param info what the broker says about itself
     * @param timestampMillis when it registered; -1 if it does not say
     */
    public record Body(BrokerInfo info, long timestampMillis) {}

    private BrokerJson() {}

    /** Encodes a body. */
    public static byte[] encode(BrokerInfo info, long timestampMillis) {
        ObjectNode body = Json.object(VERSION);
        Endpoint plain = info.plaintext();
        body.put("host", plain == null ? null : plain.host());
        body.put("port", plain == null ? -1 : plain.port());
        body.put("jmx_port", info.jmxPort());
        body.put("timestamp", Long.toString(timestampMillis));
        info.endpoints().forEach(endpoint -> body.withArray("endpoints").add(endpoint.toString()));
        if (info.rack() != null) {
            body.put("rack", info.rack());
        }
        ObjectNode protocols = body.putObject("listener_security_protocol_map");
        info.endpoints().forEach(endpoint -> protocols.put(endpoint.listener(), endpoint.protocol()));
        ObjectNode features = body.putObject("features");
        info.features()
                .forEach((name, range) ->
                        features.putObject(name).put("min_version", range.min()).put("max_version", range.max()));
        if (info.incarnation() != null) {
            body.put(INCARNATION, info.incarnation());
        }
        return Json.bytes(body);
    }

    /**
     * Decodes a body.
     *
     * @throws MalformedBodyException if it is none
     */
    public static Body decode(byte[] data) {
        JsonNode body = Json.parse(data);
        int version = Json.version(body);
        try {
            BrokerInfo info = new BrokerInfo(
                    version < ENDPOINTS_SINCE ? List.of(single(body)) : endpoints(body),
                    Json.textOrNull(body, "rack"),
                    Json.integer(body, "jmx_port", -1),
                    features(body),
                    Json.textOrNull(body, INCARNATION));
            return new Body(info, Json.number(body, "timestamp", -1));
        } catch (IllegalArgumentException e) {
            throw new MalformedBodyException(e.getMessage(), e);
        }
    }

    private static Endpoint single(JsonNode body) {
        return new Endpoint(
                Endpoint.PLAINTEXT, Endpoint.PLAINTEXT, Json.text(body, "host"), Json.integer(body, "port"));
    }

    private static List<Endpoint> endpoints(JsonNode body) {
        JsonNode protocols = body.path("listener_security_protocol_map");
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode text : body.path("endpoints")) {
            Endpoint endpoint = Endpoint.parse(text.asText());
            endpoints.add(
                    endpoint.withProtocol(protocols.path(endpoint.listener()).asText(endpoint.protocol())));
        }
        return endpoints;
    }

    private static Map<String, FeatureRange> features(JsonNode body) {
        Map<String, FeatureRange> features = new TreeMap<>();
        Json.forEach(
                body,
                "features",
                (name, range) -> features.put(
                        name,
                        new FeatureRange(Json.integer(range, "min_version"), Json.integer(range, "max_version"))));
        return features;
    }
}
