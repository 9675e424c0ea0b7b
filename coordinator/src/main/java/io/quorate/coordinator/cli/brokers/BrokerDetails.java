package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answer to {@code brokers describe}.
 *
 * @param body of its node as it is
 * @param configOrNull what was set for it while it ran; null if that may not be read
 */
record BrokerDetails(Broker broker, byte[] body, SortedMap<String, String> configOrNull) implements Answer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Which version of the schema a body has; null if it does not say. */
    static Integer schema(byte[] body) {
        try {
            int version = MAPPER.readTree(body).path("version").asInt();
            return version == 0 ? null : version;
        } catch (IOException | IllegalArgumentException e) {
            return null; // the body is shown as it is; its version is what is not known
        }
    }

    @Override
    public Stream<String> text() {
        String listeners =
                broker.info().endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        return Stream.of(
                "Broker: " + broker.id(),
                "Epoch (czxid): " + Json.hex(broker.epoch()),
                "Session: " + Json.hex(broker.session()),
                "Up since: " + Texts.time(broker.timestampMillis()),
                "Rack: " + (broker.info().rack() == null ? "-" : broker.info().rack()),
                "Listeners: " + listeners,
                "Dynamic configs: " + configs(),
                "Body: " + new String(body, StandardCharsets.UTF_8));
    }

    private String configs() {
        if (configOrNull == null) {
            return "may not be read without --auth";
        }
        String configs = configOrNull.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(", "));
        return configs.isEmpty() ? "-" : configs;
    }

    @Override
    public void json(ObjectNode object) {
        object.put("id", broker.id());
        BrokerList.identity(broker, object);
        object.put("schema_version", schema(body));
        if (configOrNull == null) {
            object.putNull("configs");
        } else {
            configOrNull.forEach(object.putObject("configs")::put);
        }
        object.put("body", new String(body, StandardCharsets.UTF_8));
    }
}
