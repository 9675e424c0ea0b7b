package io.quorate.libraries;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.Target;
import io.quorate.groups.layout.Threads;
import io.quorate.groups.layout.TopicBody;
import io.quorate.registry.sim.SimTree;
import java.nio.charset.StandardCharsets;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a group comes to when it is left alone: G5, G9 and G10 of consumer-groups F1, and the balance of C5. */
final class GroupRest {
    private final SimTree tree;
    private final GroupRules rules;
    private final GroupPaths paths;

    GroupRest(SimTree tree, GroupRules rules) {
        this.tree = tree;
        this.rules = rules;
        this.paths = rules.paths();
    }

    /** Who owns what: partition to name of the host. */
    SortedMap<TopicPartition, String> hosts() {
        SortedMap<TopicPartition, String> hosts = new TreeMap<>();
        owners().forEach((partition, thread) -> hosts.put(partition, rules.hostOf(Registration.memberOf(thread))));
        return hosts;
    }

    /** Why the group is not at rest; null if it is. {@code hosts} are those that should be its members, and no others. */
    String problem(Set<String> hosts) {
        SortedMap<String, Subscription> members = members();
        Set<String> present = new TreeSet<>();
        members.keySet().forEach(member -> present.add(rules.hostOf(member)));
        SortedMap<String, SortedSet<Integer>> partitions = partitions();
        SortedMap<TopicPartition, String> owners = owners();
        if (!present.equals(hosts) || members.size() != hosts.size()) {
            return "members are " + members.keySet() + " instead of those of " + hosts;
        }
        int count = partitions.values().stream().mapToInt(Set::size).sum();
        if (owners.size() != count) {
            return "G5: of " + count + " partitions these have owners: " + owners;
        }
        return tree.children(paths.targets()).isEmpty()
                ? compatProblem(members, partitions, owners)
                : nativeProblem(members.keySet(), owners);
    }

    private static String compatProblem(
            SortedMap<String, Subscription> members,
            SortedMap<String, SortedSet<Integer>> partitions,
            SortedMap<TopicPartition, String> owners) {
        Map<TopicPartition, String> computed = new TreeMap<>(
                LegacyStrategy.RANGE.assign(Threads.byTopic(members, partitions.keySet(), true), partitions));
        return computed.equals(owners) ? null : "G9: owners are " + owners + " instead of " + computed;
    }

    private String nativeProblem(Set<String> members, SortedMap<TopicPartition, String> owners) {
        IntSummaryStatistics shares = new IntSummaryStatistics();
        for (String key : tree.children(paths.targets())) {
            Target target = Target.read(tree.node(paths.target(key)).data()).orElseThrow();
            shares.accept(target.assign().size());
            for (TopicPartition each : target.assign()) {
                if (!target.member().equals(Registration.memberOf(owners.getOrDefault(each, "-")))) {
                    return "G10: " + each + " is meant for " + target.member() + " and is held by " + owners.get(each);
                }
            }
        }
        if (shares.getSum() != owners.size() || shares.getCount() != members.size()) {
            return "G10: targets of " + shares + " for " + members;
        }
        return shares.getMax() - shares.getMin() > 1 ? "C5: shares are not balanced: " + shares : null;
    }

    private SortedMap<String, Subscription> members() {
        SortedMap<String, Subscription> members = new TreeMap<>();
        for (String each : tree.children(paths.ids())) {
            Registration body = Registration.read(tree.node(paths.id(each)).data())
                    .orElseThrow(() -> new AssertionError("A2: the registration of " + each + " cannot be read"));
            members.put(each, body.subscription());
        }
        return members;
    }

    private SortedMap<String, SortedSet<Integer>> partitions() {
        SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>();
        for (String topic : ConsumerProcess.TOPICS) {
            byte[] body = tree.node(GroupPaths.topic(topic)).data();
            partitions.put(
                    topic,
                    new TreeSet<>(TopicBody.read(body).orElseThrow().replicas().keySet()));
        }
        return partitions;
    }

    private SortedMap<TopicPartition, String> owners() {
        SortedMap<TopicPartition, String> owners = new TreeMap<>();
        for (String topic : tree.children(paths.owners())) {
            for (String number : tree.children(paths.owners(topic))) {
                TopicPartition partition = new TopicPartition(topic, Integer.parseInt(number));
                owners.put(
                        partition, new String(tree.node(paths.owner(partition)).data(), StandardCharsets.UTF_8));
            }
        }
        return owners;
    }
}
