package io.quorate.libraries;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.sim.SimNode;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.Write.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who was controller, one after another, and what kinds of transactions the brokers of each side made. Under the history's lock. */
final class Terms {
    private final int ours;
    private final List<Integer> brokers = new ArrayList<>();
    private final Map<Long, String> sides = new HashMap<>();
    private final SortedMap<String, Integer> census = new TreeMap<>();

    /** Of a cluster in which this broker is ours. */
    Terms(int ours) {
        this.ours = ours;
    }

    /** The next transaction. */
    void note(Committed committed) {
        SimNode before = committed.before().get(RegistryPaths.CONTROLLER);
        SimNode now = committed.after().get(RegistryPaths.CONTROLLER);
        if (before == null && now != null) {
            brokers.add(ControllerJson.decode(now.data()).brokerId());
        }
        committed.after().keySet().stream()
                .mapToInt(RegistryPaths::brokerOf)
                .filter(broker -> broker >= 0)
                .forEach(broker -> sides.put(committed.session(), broker == ours ? "we" : "Kafka"));
        String kind = committed.writes().stream().map(Terms::kind).distinct().collect(Collectors.joining(" + "));
        if (kind.contains("/")) {
            census.merge(sides.getOrDefault(committed.session(), "others") + ": " + kind, 1, Integer::sum);
        }
    }

    private static String kind(Write write) {
        String path = write.path();
        if (path.equals(RegistryPaths.CONTROLLER_EPOCH)) {
            return (write.kind() == Kind.CHECK ? "fence" : write.kind() + " " + path);
        } else if (RegistryPaths.partitionOf(path) != null) {
            return write.kind() + " T/partitions/P/state";
        } else if (RegistryPaths.topicOf(path) != null) {
            return write.kind() + " T/";
        } else if (path.equals(RegistryPaths.CONTROLLER)) {
            return write.kind() + " " + path;
        }
        return path.startsWith(RegistryPaths.TOPICS + "/") ? write.kind() + " T/partitions" : "other";
    }

    /** The number of terms so far. */
    int count() {
        return brokers.size();
    }

    /** Who was controller last. */
    int latest() {
        return brokers.get(brokers.size() - 1);
    }

    /** How often the office went from Kafka to us. */
    int toUs() {
        return moves(false, true);
    }

    /** How often it went from us to Kafka. */
    int fromUs() {
        return moves(true, false);
    }

    private int moves(boolean fromUs, boolean toUs) {
        int moves = 0;
        for (int i = 1; i < brokers.size(); i++) {
            if ((brokers.get(i - 1) == ours) == fromUs && (brokers.get(i) == ours) == toUs) {
                moves++;
            }
        }
        return moves;
    }

    /** What transactions on topics and on the office consisted of, and how many there were. */
    String census() {
        return census.entrySet().stream()
                .map(each -> each.getKey() + " x " + each.getValue())
                .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return count() + " terms, " + toUs() + " times from Kafka to us and " + fromUs() + " times back: " + brokers;
    }
}
