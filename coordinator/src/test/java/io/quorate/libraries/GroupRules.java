package io.quorate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.registry.sim.SimNode;
import io.quorate.registry.sim.SimTree;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.Write.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be true of every transaction that touches a group, by the names of consumer-groups F1. Who writes without being a
 * member is an operator.
 */
final class GroupRules {
    private final GroupPaths paths;
    private final SimTree tree;
    /** Member id to the session that registered it. */
    private final Map<String, Long> registered = new HashMap<>();

    private final Set<Long> members = new HashSet<>();
    private final Map<TopicPartition, Ownership> owned = new HashMap<>();
    private final List<Ownership> ownerships = new ArrayList<>();
    private SortedMap<String, Target> targets = new TreeMap<>();
    private long leader;
    private int rebalances;
    private int moves;
    private long commits;

    /** Watches a group in a tree in which transactions are carried out; {@link #check} is called after each of them. */
    GroupRules(String group, SimTree tree) {
        this.paths = new GroupPaths(group);
        this.tree = tree;
    }

    String group() {
        return paths.group();
    }

    GroupPaths paths() {
        return paths;
    }

    /** All that there were, in order. */
    List<Ownership> ownerships() {
        return Collections.unmodifiableList(ownerships);
    }

    /** What happened so far, for people. */
    String story() {
        return group() + ": " + registered.size() + " members, " + ownerships.size() + " owners, " + rebalances
                + " rebalances with " + moves + " moves, " + commits + " commits";
    }

    /**
     * Looks at a transaction.
     *
     * @param millis when it was planned, since 1970
     */
    void check(Committed committed, long zxid, long millis) {
        if (committed.after().keySet().stream().noneMatch(path -> path.startsWith(paths.root() + "/"))) {
            return;
        }
        String what = "by 0x" + Long.toHexString(committed.session()) + " at 0x" + Long.toHexString(zxid) + ": "
                + committed.writes();
        // Registrations first: a member may register and take partitions in one transaction.
        changed(committed, paths.ids()).forEach((name, path) -> registration(committed, name, path, what));
        leadership(committed, what);
        for (TopicPartition each : partitions(committed, paths.offsets())) {
            offset(committed, each, what);
        }
        for (TopicPartition each : partitions(committed, paths.owners())) {
            owner(committed, each, millis, what);
        }
        if (!changed(committed, paths.targets()).isEmpty()) {
            targets(what);
        }
    }

    /** The nodes right below a parent whose data this transaction has changed, by their names. */
    private static SortedMap<String, String> changed(Committed committed, String parent) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String path : committed.after().keySet()) {
            boolean isBelow = path.startsWith(parent + "/") && path.indexOf('/', parent.length() + 1) < 0;
            if (isBelow
                    && isDataChanged(
                            committed.before().get(path), committed.after().get(path))) {
                found.put(GroupPaths.lastName(path), path);
            }
        }
        return found;
    }

    private static boolean isDataChanged(SimNode before, SimNode after) {
        return before == null
                || after == null
                || before.version() != after.version()
                || before.czxid() != after.czxid();
    }

    private static List<TopicPartition> partitions(Committed committed, String parent) {
        List<TopicPartition> found = new ArrayList<>();
        for (String path : committed.after().keySet()) {
            String[] parts = path.startsWith(parent + "/")
                    ? path.substring(parent.length() + 1).split("/", -1)
                    : new String[0];
            if (parts.length == 2
                    && isDataChanged(
                            committed.before().get(path), committed.after().get(path))) {
                found.add(new TopicPartition(parts[0], Integer.parseInt(parts[1])));
            }
        }
        return found;
    }

    private void registration(Committed committed, String member, String path, String what) {
        SimNode before = committed.before().get(path);
        if (committed.after().get(path) != null && before == null) {
            assertThat(registered.put(member, committed.session()))
                    .as("D2: an id is used once: %s %s", member, what)
                    .isNull();
            members.add(committed.session());
        } else if (before != null && before.owner() != committed.session()) {
            assertThat(isFenced(committed))
                    .as("D4: only a leader throws members out: %s", what)
                    .isTrue();
        }
    }

    private boolean isFenced(Committed committed) {
        Write first = committed.writes().get(0);
        return committed.session() == leader
                && first.kind() == Kind.CHECK
                && first.path().equals(paths.leaderEpoch());
    }

    private void leadership(Committed committed, String what) {
        SimNode before = committed.before().get(paths.leaderEpoch());
        SimNode after = committed.after().get(paths.leaderEpoch());
        if (after != null && before != null && isDataChanged(before, after)) {
            assertThat(number(after))
                    .as("G8: the leader's epoch grows by one: %s", what)
                    .isEqualTo(number(before) + 1);
            leader = committed.session();
        }
        boolean isDecision = (!changed(committed, paths.targets()).isEmpty() && !isFarewell(committed))
                || isDataSet(committed, paths.generation())
                || isDataSet(committed, paths.quorate());
        if (isDecision && members.contains(committed.session())) {
            assertThat(isFenced(committed))
                    .as("G8: who decides is the last leader, and proves it: %s", what)
                    .isTrue();
        }
    }

    /** A static member that leaves for good takes its target with its registration, so that nobody waits for it to come back. */
    private boolean isFarewell(Committed committed) {
        Set<String> leaving = new HashSet<>();
        for (String path : changed(committed, paths.ids()).values()) {
            SimNode before = committed.before().get(path);
            if (before != null
                    && before.owner() == committed.session()
                    && committed.after().get(path) == null) {
                Registration.read(before.data())
                        .map(registration -> registration.origin().instance())
                        .ifPresent(leaving::add);
            }
        }
        return changed(committed, paths.targets()).entrySet().stream()
                .allMatch(target ->
                        leaving.contains(target.getKey()) && committed.after().get(target.getValue()) == null);
    }

    private static boolean isDataSet(Committed committed, String path) {
        SimNode before = committed.before().get(path);
        return before != null && isDataChanged(before, committed.after().get(path));
    }

    private static long number(SimNode node) {
        String text = text(node);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String text(SimNode node) {
        return node == null || node.data() == null ? "" : new String(node.data(), StandardCharsets.UTF_8);
    }

    private void owner(Committed committed, TopicPartition partition, long millis, String what) {
        SimNode before = committed.before().get(paths.owner(partition));
        SimNode after = committed.after().get(paths.owner(partition));
        if (before != null) {
            assertThat(before.owner() == committed.session() || isFenced(committed))
                    .as("G1: nobody takes %s away from another: %s", partition, what)
                    .isTrue();
            owned.remove(partition).end(millis);
        }
        if (after == null) {
            return;
        }
        String member = Registration.memberOf(text(after));
        SimNode id = tree.node(paths.id(member));
        assertThat(after.owner())
                .as("G1: owners of %s are ephemeral: %s", partition, what)
                .isEqualTo(committed.session());
        assertThat(id == null ? 0 : id.owner())
                .as("G1: %s is given to a member of the same session: %s", partition, what)
                .isEqualTo(committed.session());
        Ownership begun =
                new Ownership(partition, member, hostOf(member), millis, number(tree.node(paths.offset(partition))));
        owned.put(partition, begun);
        ownerships.add(begun);
    }

    /** The client name in a member id; it must have no hyphen. */
    String hostOf(String member) {
        int from = group().length() + 1;
        int hyphen = member.indexOf('-', from);
        return hyphen < 0 ? member : member.substring(from, hyphen);
    }

    private void offset(Committed committed, TopicPartition partition, String what) {
        String path = paths.offset(partition);
        SimNode after = committed.after().get(path);
        if (after == null || !members.contains(committed.session())) {
            return;
        }
        commits++;
        String owner = paths.owner(partition);
        SimNode had = committed.before().get(owner);
        // A release commits and gives up in one transaction.
        SimNode owning = had == null ? tree.node(owner) : had;
        assertThat(owning == null ? 0 : owning.owner())
                .as("G4: who commits %s owns it: %s", partition, what)
                .isEqualTo(committed.session());
        assertThat(number(after))
                .as("G4: offsets of %s do not go back: %s", partition, what)
                .isGreaterThanOrEqualTo(number(committed.before().get(path)));
    }

    private void targets(String what) {
        SortedMap<String, Target> after = new TreeMap<>();
        Map<TopicPartition, String> seen = new HashMap<>();
        for (String key : tree.children(paths.targets())) {
            Target target = Target.read(tree.node(paths.target(key)).data()).orElseThrow();
            after.put(key, target);
            for (TopicPartition each : target.assign()) {
                assertThat(seen.put(each, key))
                        .as("G2: %s is in one target: %s", each, what)
                        .isNull();
            }
        }
        moves(after, seen, what);
        targets = after;
    }

    /**
     * G6: of what live members had, no more is moved than balance asks for (C5, uniform subscriptions). Static members that are
     * away keep what they have, and the others share the rest; the leader may not know yet who is away.
     */
    private void moves(SortedMap<String, Target> after, Map<TopicPartition, String> now, String what) {
        if (after.isEmpty()) {
            return;
        }
        List<String> away = after.keySet().stream()
                .filter(key -> after.get(key).equals(targets.get(key))
                        && !tree.exists(paths.id(after.get(key).member())))
                .toList();
        int moved = after.keySet().stream()
                .mapToInt(key -> moved(key, after, now.keySet()))
                .sum();
        Set<Integer> allowed = new TreeSet<>();
        for (int known = 0; known < 1 << away.size(); known++) {
            Set<String> sharing = new TreeSet<>(after.keySet());
            for (int i = 0; i < away.size(); i++) {
                if ((known & 1 << i) != 0) {
                    sharing.remove(away.get(i));
                }
            }
            allowed.add(needed(sharing, after, now.keySet()));
        }
        assertThat(allowed)
                .as("G6: moved are no more than must be; before %s, now %s: %s", targets, after, what)
                .contains(moved);
        rebalances++;
        moves += moved;
    }

    private SortedSet<TopicPartition> before(String key, Set<TopicPartition> existing) {
        SortedSet<TopicPartition> before =
                new TreeSet<>(targets.containsKey(key) ? targets.get(key).assign() : new TreeSet<>());
        before.retainAll(existing);
        return before;
    }

    private int moved(String key, SortedMap<String, Target> after, Set<TopicPartition> existing) {
        SortedSet<TopicPartition> before = before(key, existing);
        before.removeAll(after.get(key).assign());
        return before.size();
    }

    private int needed(Set<String> sharing, SortedMap<String, Target> after, Set<TopicPartition> existing) {
        int partitions =
                sharing.stream().mapToInt(key -> after.get(key).assign().size()).sum();
        int quotient = sharing.isEmpty() ? 0 : partitions / sharing.size();
        int surplus = 0;
        int rich = 0;
        for (String key : sharing) {
            int had = before(key, existing).size();
            surplus += Math.max(0, had - quotient);
            rich += had > quotient ? 1 : 0;
        }
        return surplus - Math.min(partitions - quotient * sharing.size(), rich);
    }
}
