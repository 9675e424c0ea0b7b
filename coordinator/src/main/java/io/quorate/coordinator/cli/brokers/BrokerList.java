package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answer to {@code brokers list}.
 *
 * @param schemas version of each broker's body
 */
record BrokerList(SortedMap<Integer, Broker> brokers, Map<Integer, Integer> schemas, BrokerLoad load)
        implements Answer {

    @Override
    public Stream<String> text() {
        Table table = new Table(
                "ID",
                "EPOCH",
                "HOST",
                "PORT",
                "LISTENERS",
                "RACK",
                "VERSION",
                "UP-SINCE",
                "LEADERS",
                "REPLICAS",
                "SKEW%");
        brokers.values().forEach(broker -> row(table, broker));
        return Stream.concat(
                table.lines(),
                load.othersThan(brokers.keySet()).stream()
                        .map(id -> "Broker " + id + " is not registered and holds " + load.replicas(id) + " replicas"));
    }

    private void row(Table table, Broker broker) {
        Endpoint main = main(broker);
        table.row(
                broker.id(),
                Json.hex(broker.epoch()),
                main == null ? null : main.host(),
                main == null ? null : main.port(),
                broker.info().endpoints().stream().map(Endpoint::listener).collect(Collectors.joining(",")),
                broker.info().rack(),
                schemas.get(broker.id()),
                Texts.time(broker.timestampMillis()),
                load.leaders(broker.id()),
                load.replicas(broker.id()),
                load.skewPercent(broker.id(), brokers.keySet()));
    }

    /** The end that plain clients use, or else the first one; null if its body names none. */
    private static Endpoint main(Broker broker) {
        Endpoint plain = broker.info().plaintext();
        return plain == null ? broker.info().endpoints().stream().findFirst().orElse(null) : plain;
    }

    @Override
    public void json(ObjectNode object) {
        Json.objects(object, "brokers", List.copyOf(brokers.values()), this::json);
        Json.numbers(object, "not_registered", List.copyOf(load.othersThan(brokers.keySet())));
    }

    private void json(Broker broker, ObjectNode object) {
        object.put("id", broker.id());
        identity(broker, object);
        object.put("schema_version", schemas.get(broker.id()))
                .put("leaders", load.leaders(broker.id()))
                .put("replicas", load.replicas(broker.id()))
                .put("skew_percent", load.skewPercent(broker.id(), brokers.keySet()));
    }

    /** What a broker says of itself. */
    static void identity(Broker broker, ObjectNode object) {
        Endpoint main = main(broker);
        object.put("epoch", Json.hex(broker.epoch()))
                .put("session", Json.hex(broker.session()))
                .put("host", main == null ? null : main.host())
                .put("port", main == null ? null : main.port())
                .put("rack", broker.info().rack())
                .put("up_since_ms", broker.timestampMillis());
        ArrayNode listeners = object.putArray("listeners");
        broker.info().endpoints().forEach(each -> listeners
                .addObject()
                .put("name", each.listener())
                .put("protocol", each.protocol())
                .put("host", each.host())
                .put("port", each.port()));
    }
}
