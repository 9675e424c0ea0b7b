package io.quorate.groups.assignor;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Knows which members are near which partitions, and whether that plays a role at all (consumer-groups C5, rack match). */
final class Racks {
    private final Map<String, String> rackOfMember = new HashMap<>();
    private final Map<String, Integer> membersInRack = new HashMap<>();
    private final int membersWithoutRack;
    private final boolean on;

    private Racks(GroupView group) {
        for (GroupView.Member member : group.members()) {
            if (member.rack() != null) {
                rackOfMember.put(member.id(), member.rack());
                membersInRack.merge(member.rack(), 1, Integer::sum);
            }
        }
        membersWithoutRack = group.members().size() - rackOfMember.size();
        on = playARole(group);
    }

    static Racks of(GroupView group) {
        return new Racks(group);
    }

    /** Some member has one, some replica has one, and not every partition is in all racks that members are in. */
    private boolean playARole(GroupView group) {
        Set<String> all = new TreeSet<>(rackOfMember.values());
        boolean known = false;
        boolean everywhere = true;
        for (SortedMap<Integer, Set<String>> topic : group.topics().values()) {
            for (Set<String> racks : topic.values()) {
                known |= !racks.isEmpty();
                everywhere &= racks.containsAll(all);
            }
        }
        return !all.isEmpty() && known && !everywhere;
    }

    boolean areOn() {
        return on;
    }

    /** Null for a member without one. */
    String rackOf(String member) {
        return rackOfMember.get(member);
    }

    /** Whether a member is near a partition with replicas in these racks; one without a rack is near everything. */
    boolean match(String member, Set<String> racks) {
        String rack = rackOfMember.get(member);
        return !on || rack == null || racks.contains(rack);
    }

    /** How many members are near it. */
    int matches(Set<String> racks) {
        int count = membersWithoutRack;
        for (String rack : racks) {
            count += membersInRack.getOrDefault(rack, 0);
        }
        return count;
    }
}
