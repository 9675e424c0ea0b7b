package io.quorate.registry.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Places replicas (registry spec 6.2 and 6.3, exactly): first replicas go round all brokers, the others follow at a distance
 * that grows with every round, and over racks if there are any.
 */
public final class Placement {
    /** Brokers in the order in which first replicas go round. */
    private final List<Integer> order;

    /** Rack by broker; empty if racks do not matter. */
    private final Map<Integer, String> racks;

    private final int rackCount;

    private Placement(List<Integer> order, Map<Integer, String> racks) {
        this.order = order;
        this.racks = racks;
        this.rackCount = new HashSet<>(racks.values()).size();
    }

    /**
     * A placement over these brokers.
     *
     * @param brokers rack by id, null for none
     * @throws IllegalArgumentException if racks are enforced and one is missing
     */
    public static Placement over(SortedMap<Integer, String> brokers, RackMode mode) {
        boolean hasAny = brokers.values().stream().anyMatch(rack -> rack != null);
        boolean hasAll = brokers.values().stream().allMatch(rack -> rack != null);
        if (mode == RackMode.ENFORCED && hasAny && !hasAll) {
            throw new IllegalArgumentException("some brokers have a rack and some have none: " + brokers);
        }
        if (mode == RackMode.DISABLED || !hasAny || !hasAll) {
            return new Placement(new ArrayList<>(brokers.keySet()), new TreeMap<>());
        }
        return new Placement(alternating(brokers), new TreeMap<>(brokers));
    }

    /** One broker of each rack in turn, racks by name and brokers by id; racks that have no more are passed over. */
    private static List<Integer> alternating(SortedMap<Integer, String> brokers) {
        SortedMap<String, List<Integer>> byRack = new TreeMap<>();
        brokers.forEach((broker, rack) ->
                byRack.computeIfAbsent(rack, any -> new ArrayList<>()).add(broker));
        List<Integer> order = new ArrayList<>();
        for (int turn = 0; order.size() < brokers.size(); turn++) {
            for (List<Integer> inRack : byRack.values()) {
                if (turn < inRack.size()) {
                    order.add(inRack.get(turn));
                }
            }
        }
        return order;
    }

    /**
     * Places the partitions of a new topic.
     *
     * @param chance gives a number from 0 to below its argument
     */
    public SortedMap<Integer, List<Integer>> topic(int partitions, int replicas, IntUnaryOperator chance) {
        int start = chance.applyAsInt(Math.max(1, order.size()));
        int shift = chance.applyAsInt(Math.max(1, order.size()));
        return place(0, partitions, replicas, start, shift);
    }

    /**
     * Places partitions from a fixed start, as is done for those that are added to a topic.
     *
     * @param first number of the first of them
     * @param start place in the order of brokers at which partition 0 would begin
     */
    public SortedMap<Integer, List<Integer>> from(int first, int partitions, int replicas, int start) {
        return place(first, partitions, replicas, start, start);
    }

    /**
     * The start for partitions that are added to a topic: where the first replica of its partition 0 stands among the brokers
     * sorted by id, also if racks decide about the order in which they are used.
     */
    public int startAfter(List<Integer> replicasOfFirst) {
        if (replicasOfFirst.isEmpty()) {
            return 0;
        }
        int below = (int)
                order.stream().filter(broker -> broker < replicasOfFirst.get(0)).count();
        return below < order.size() ? below : 0;
    }

    private SortedMap<Integer, List<Integer>> place(int first, int partitions, int replicas, int start, int shift) {
        if (partitions < 1 || replicas < 1) {
            throw new IllegalArgumentException(partitions + " partitions with " + replicas + " replicas");
        }
        if (replicas > order.size()) {
            throw new IllegalArgumentException(replicas + " replicas on " + order.size() + " brokers");
        }
        SortedMap<Integer, List<Integer>> placed = new TreeMap<>();
        int distance = shift;
        for (int partition = first; partition < first + partitions; partition++) {
            if (partition > 0 && partition % order.size() == 0) {
                distance++;
            }
            int leader = (partition + start) % order.size();
            placed.put(
                    partition, rackCount == 0 ? plain(leader, distance, replicas) : spread(leader, distance, replicas));
        }
        return placed;
    }

    private List<Integer> plain(int leader, int distance, int replicas) {
        List<Integer> chosen = new ArrayList<>();
        chosen.add(order.get(leader));
        for (int i = 0; chosen.size() < replicas; i++) {
            chosen.add(follower(leader, distance + i));
        }
        return chosen;
    }

    /** A rack gets a second replica, and a broker its turn again, only when all have one. */
    private List<Integer> spread(int leader, int distance, int replicas) {
        List<Integer> chosen = new ArrayList<>();
        Set<String> used = new HashSet<>();
        chosen.add(order.get(leader));
        used.add(racks.get(order.get(leader)));
        for (int i = 0; chosen.size() < replicas; i++) {
            int candidate = follower(leader, distance * rackCount + i);
            boolean isRackFree = !used.contains(racks.get(candidate)) || used.size() == rackCount;
            if (isRackFree && !chosen.contains(candidate)) {
                chosen.add(candidate);
                used.add(racks.get(candidate));
            }
        }
        return chosen;
    }

    private int follower(int leader, int distance) {
        return order.get((leader + 1 + distance % (order.size() - 1)) % order.size());
    }
}
