package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.Assignment;
import io.quorate.groups.assignor.Assignor;
import io.quorate.groups.assignor.CheckedAnswer;
import io.quorate.groups.assignor.GroupView;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.assignor.UnusableAssignment;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a leader makes of what it sees: the targets of the next generation. A pure function of its input.
 *
 * @param targets key to target, of all that shall exist; those that do not change are the same as before
 * @param members how many were given something
 */
record Decision(SortedMap<String, Target> targets, int members) {

    /** The racks of a partition's replicas. */
    @FunctionalInterface
    interface RackLookup {
        Set<String> racksOf(List<Integer> brokers);
    }

    /**
     * Decides.
     *
     * @param found members and topics; only members of this library are given anything
     * @param before the targets that there are
     * @param waitedFor keys of static members that have gone and may come back: theirs is left alone
     * @throws UnusableAssignment if the assignor does not decide
     */
    static Decision of(
            Survey.Found found,
            Map<String, Target> before,
            Set<String> waitedFor,
            RackLookup racks,
            boolean excludeInternal,
            Assignor assignor)
            throws UnusableAssignment {
        SortedMap<String, String> idByKey = liveMembers(found);
        SortedMap<String, Target> targets = new TreeMap<>();
        Set<TopicPartition> reserved = new HashSet<>();
        for (String key : waitedFor) {
            if (before.containsKey(key) && !idByKey.containsKey(key)) {
                targets.put(key, before.get(key));
                reserved.addAll(before.get(key).assign());
            }
        }
        List<GroupView.Member> members = new ArrayList<>();
        idByKey.forEach((key, id) -> members.add(member(found, key, id, before, excludeInternal)));
        Assignment given = CheckedAnswer.of(assignor, new GroupView(members, topics(found, reserved, racks)));
        int next =
                1 + before.values().stream().mapToInt(Target::generation).max().orElse(0);
        idByKey.forEach((key, id) -> {
            Target old = before.get(key);
            boolean same =
                    old != null && old.member().equals(id) && old.assign().equals(given.of(id));
            targets.put(key, same ? old : Target.of(next, id, given.of(id)));
        });
        return new Decision(targets, members.size());
    }

    /** Of two that use one instance id, the later registration counts. */
    static SortedMap<String, String> liveMembers(Survey.Found found) {
        SortedMap<String, String> idByKey = new TreeMap<>();
        found.members().forEach((id, node) -> {
            if (node.canHaveTarget()) {
                String instance = node.body().orElseThrow().origin().instance();
                idByKey.merge(
                        instance == null ? id : instance,
                        id,
                        (one, other) -> found.members().get(one).czxid()
                                        > found.members().get(other).czxid()
                                ? one
                                : other);
            }
        });
        return idByKey;
    }

    private static GroupView.Member member(
            Survey.Found found, String key, String id, Map<String, Target> before, boolean excludeInternal) {
        Registration body = found.members().get(id).body().orElseThrow();
        Target old = before.get(key);
        return new GroupView.Member(
                id,
                body.origin().instance(),
                body.origin().rack(),
                body.subscription()
                        .expand(found.topics().keySet(), excludeInternal)
                        .keySet(),
                old == null ? Collections.emptySortedSet() : old.assign(),
                old == null ? 0 : old.generation());
    }

    private static SortedMap<String, SortedMap<Integer, Set<String>>> topics(
            Survey.Found found, Set<TopicPartition> reserved, RackLookup racks) {
        SortedMap<String, SortedMap<Integer, Set<String>>> topics = new TreeMap<>();
        found.topics().forEach((topic, body) -> {
            SortedMap<Integer, Set<String>> partitions = new TreeMap<>();
            body.replicas().forEach((number, brokers) -> {
                if (!reserved.contains(new TopicPartition(topic, number))) {
                    partitions.put(number, racks.racksOf(brokers));
                }
            });
            topics.put(topic, partitions);
        });
        return topics;
    }

    /**
     * Targets that hold what the owners' nodes say: nothing moves when a group goes native with these.
     *
     * @param owners partition to the id of the member that has it
     */
    static SortedMap<String, Target> ofOwners(
            Survey.Found found, Map<TopicPartition, String> owners, Map<String, Target> before) {
        int next =
                1 + before.values().stream().mapToInt(Target::generation).max().orElse(0);
        SortedMap<String, Target> targets = new TreeMap<>();
        liveMembers(found).forEach((key, id) -> {
            TreeSet<TopicPartition> owned = new TreeSet<>();
            owners.forEach((partition, owner) -> {
                if (owner.equals(id)) {
                    owned.add(partition);
                }
            });
            targets.put(key, new Target(next, id, owned));
        });
        return targets;
    }
}
