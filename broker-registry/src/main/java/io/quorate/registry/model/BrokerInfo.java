package io.quorate.registry.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a broker says about itself when it registers (registry spec 1.1). Immutable.
 *
 * @param endpoints at least one; no two with the same listener name
 * @param rack null if it has none
 * @param jmxPort -1 if it is off
 * @param features by name; normally none
 * @param incarnation names the process that registered, so that a restarted one is told from a stranger with the same id; null
 *     if it does not say (no broker but ours does)
 */
public record BrokerInfo(
        List<Endpoint> endpoints, String rack, int jmxPort, Map<String, FeatureRange> features, String incarnation) {
    public BrokerInfo {
        endpoints = List.copyOf(endpoints);
        features = Collections.unmodifiableMap(new TreeMap<>(features));
        Set<String> names = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            if (!names.add(endpoint.listener())) {
                throw new IllegalArgumentException("listener " + endpoint.listener() + " twice");
            }
        }
    }

    /** A broker with these endpoints and nothing else to say. */
    public static BrokerInfo of(Endpoint... endpoints) {
        return new BrokerInfo(List.of(endpoints), null, -1, Collections.emptyMap(), null);
    }

    /** The same in a rack. */
    public BrokerInfo withRack(String name) {
        return new BrokerInfo(endpoints, name, jmxPort, features, incarnation);
    }

    /** The same with other endpoints. */
    public BrokerInfo withEndpoints(List<Endpoint> others) {
        return new BrokerInfo(others, rack, jmxPort, features, incarnation);
    }

    /** The same from the process of this name. */
    public BrokerInfo withIncarnation(String name) {
        return new BrokerInfo(endpoints, rack, jmxPort, features, name);
    }

    /** The endpoint with this listener name, or null. */
    public Endpoint endpoint(String listener) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.listener().equals(listener))
                .findFirst()
                .orElse(null);
    }

    /** The first endpoint that is not encrypted and asks for no password, which is the one old clients see; or null. */
    public Endpoint plaintext() {
        return endpoints.stream()
                .filter(endpoint -> endpoint.protocol().equals(Endpoint.PLAINTEXT))
                .findFirst()
                .orElse(null);
    }
}
