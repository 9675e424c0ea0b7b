package io.quorate.coordinator.zab;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who belongs to the ensemble (quorum protocol, section 4). Immutable.
 *
 * @param voters members whose votes count, ascending
 * @param observers members that only learn, ascending
 * @param groups the group of each voter; empty with majority quorums
 * @param weights the weight of each voter; 1 if it has none
 * @param text the textual form of section 4.4, as it travels in notifications and with NEWLEADER
 */
public record Members(
        List<Long> voters, List<Long> observers, Map<Long, Long> groups, Map<Long, Long> weights, String text) {

    /** @throws IllegalArgumentException if there are groups, and a voter that is in none of them */
    public Members {
        voters = List.copyOf(new TreeSet<>(voters));
        observers = List.copyOf(new TreeSet<>(observers));
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        if (!groups.isEmpty() && !groups.keySet().containsAll(voters)) {
            throw new IllegalArgumentException("voters " + voters + ", but in groups only " + groups.keySet());
        }
    }

    public boolean isVoter(long sid) {
        return voters.contains(sid);
    }

    /** The weight of a voter: a member of weight 0 can never lead. */
    public long weight(long sid) {
        return groups.isEmpty() ? 1 : weights.getOrDefault(sid, 1L);
    }

    /** True if these servers are enough to decide (sections 4.1 and 4.2). Servers that are no voters count for nothing. */
    public boolean isQuorum(Set<Long> servers) {
        return groups.isEmpty() ? isMajority(servers) : isMajorityOfGroups(servers);
    }

    private boolean isMajority(Set<Long> servers) {
        int present = 0;
        for (Long voter : voters) {
            present += servers.contains(voter) ? 1 : 0;
        }
        return present > voters.size() / 2;
    }

    /** More than half of the groups, each by more than half of its weight. Groups without weight are left out. */
    private boolean isMajorityOfGroups(Set<Long> servers) {
        SortedMap<Long, Long> all = new TreeMap<>();
        SortedMap<Long, Long> present = new TreeMap<>();
        for (Long voter : voters) {
            long group = groups.get(voter);
            all.merge(group, weight(voter), Long::sum);
            present.merge(group, servers.contains(voter) ? weight(voter) : 0, Long::sum);
        }
        all.values().removeIf(weight -> weight == 0);
        int won = 0;
        for (Map.Entry<Long, Long> group : all.entrySet()) {
            won += present.get(group.getKey()) > group.getValue() / 2 ? 1 : 0;
        }
        return won > all.size() / 2;
    }
}
