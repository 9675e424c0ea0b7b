package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.groups.rebalance.TreeOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The invariants of consumer-groups F1, looked at after every transaction, at every record, and at the end. */
final class Checks {
    /** Whoever is the operator writes without a session. */
    static final long OPERATOR = 0;

    private static final long EVICTED_MILLIS = 1_000;

    private final World world;
    /** Member id to the session it was registered with; ids are never used again. */
    private final Map<String, Long> registered = new HashMap<>();

    private final Map<String, Long> offsets = new HashMap<>();
    /** Path of each owner's node to its session, before the transaction that is looked at. */
    private final Map<String, Long> ownersBefore = new HashMap<>();
    /** Sessions whose registration somebody else has changed or deleted: they are told, but it takes a moment. */
    private final Map<Long, Long> evictedAt = new HashMap<>();

    private final Set<TopicPartition> everOwned = new TreeSet<>();
    final KeptOffsets kept;
    private long leaderEpoch;
    int downgrades;
    int evictions;
    long processed;

    Checks(World world) {
        this.world = world;
        this.kept = new KeptOffsets(world);
    }

    void onTransaction(long session, List<TreeOp> ops) {
        boolean targets = false;
        boolean fencedByLeader = false;
        for (TreeOp op : ops) {
            String path = op.path();
            fencedByLeader |= op instanceof TreeOp.Check && path.equals(world.paths.leaderEpoch());
            if (op instanceof TreeOp.Check) {
                continue;
            }
            if (path.startsWith(world.paths.ids() + "/") && op instanceof TreeOp.Create) {
                registered.put(GroupPaths.lastName(path), session);
            } else if (path.startsWith(world.paths.ids() + "/")) {
                long whose = registered.getOrDefault(GroupPaths.lastName(path), session);
                if (whose != session || fencedByLeader) {
                    evictions += evictedAt.put(whose, world.now()) == null ? 1 : 0;
                }
            } else if (path.startsWith(world.paths.owners() + "/") && op instanceof TreeOp.Create) {
                g1(session, path);
            } else if (path.startsWith(world.paths.offsets() + "/")) {
                g4(session, op);
                kept.onWrite(session, op, fencedByLeader);
            } else if (path.equals(world.paths.leaderEpoch()) && op instanceof TreeOp.SetData) {
                g8();
            } else if (path.equals(world.paths.leaderEpoch()) && op instanceof TreeOp.Delete) {
                leaderEpoch = 0;
            }
            targets |= path.startsWith(world.paths.targets() + "/");
        }
        for (TreeOp op : ops) {
            if (op.path().startsWith(world.paths.owners() + "/")) {
                ModelTree.Node node = world.tree.get(op.path());
                if (node == null) {
                    ownersBefore.remove(op.path());
                } else {
                    ownersBefore.put(op.path(), node.owner);
                }
            }
        }
        if (targets) {
            g2();
            if (!fencedByLeader && session != OPERATOR && !isFarewell(session, ops)) {
                throw new Violation("G8: a target was written without proof of leadership: " + ops);
            }
        }
    }

    /** A static member that leaves for good takes its target with its registration, so that nobody waits for it to come back. */
    private boolean isFarewell(long session, List<TreeOp> ops) {
        boolean leaves = ops.stream()
                .anyMatch(op -> op instanceof TreeOp.Delete
                        && op.path().startsWith(world.paths.ids() + "/")
                        && Long.valueOf(session).equals(registered.get(GroupPaths.lastName(op.path()))));
        return leaves
                && ops.stream()
                        .filter(op -> op.path().startsWith(world.paths.targets() + "/"))
                        .allMatch(op -> op instanceof TreeOp.Delete);
    }

    private void g1(long session, String path) {
        ModelTree.Node node = world.tree.get(path);
        if (node == null || node.owner == 0) {
            return;
        }
        everOwned.add(partition(path));
        String member = Registration.memberOf(node.text());
        if (!Long.valueOf(session).equals(registered.get(member))) {
            throw new Violation("G1: " + path + " names " + member + ", which is not of this session");
        }
    }

    private TopicPartition partition(String owner) {
        String[] names = owner.substring(world.paths.owners().length() + 1).split("/", -1);
        return new TopicPartition(names[0], Integer.parseInt(names[1]));
    }

    private void g2() {
        Map<TopicPartition, String> seen = new HashMap<>();
        for (String key : world.tree.children(world.paths.targets())) {
            Target target =
                    Target.read(world.tree.get(world.paths.target(key)).data).orElseThrow();
            for (TopicPartition each : target.assign()) {
                String other = seen.put(each, key);
                if (other != null) {
                    throw new Violation("G2: " + each + " is in the targets of " + key + " and " + other);
                }
            }
        }
    }

    /** Looked at after the transaction, in which a release has already deleted the owner's node. */
    private void g4(long session, TreeOp op) {
        ModelTree.Node node = world.tree.get(op.path());
        if (node == null || node.data == null) {
            offsets.remove(op.path());
            return;
        }
        long value = Long.parseLong(node.text());
        if (session != OPERATOR) {
            String owner = op.path().replace(world.paths.offsets(), world.paths.owners());
            ModelTree.Node now = world.tree.get(owner);
            long owning = ownersBefore.getOrDefault(owner, now == null ? 0 : now.owner);
            if (owning != session) {
                throw new Violation("G4: " + op.path() + " was written by " + Long.toHexString(session)
                        + ", and belongs to " + Long.toHexString(owning));
            }
            if (value < offsets.getOrDefault(op.path(), 0L)) {
                throw new Violation("G4: " + op.path() + " went back from " + offsets.get(op.path()) + " to " + value);
            }
        }
        offsets.put(op.path(), value);
    }

    private void g8() {
        long next = Long.parseLong(world.tree.get(world.paths.leaderEpoch()).text());
        if (next != leaderEpoch + 1) {
            throw new Violation("G8: leader epoch went from " + leaderEpoch + " to " + next);
        }
        leaderEpoch = next;
    }

    /** A record is processed at this very moment: the server must say that the partition is this member's. */
    void onProcessed(SimMember member, TopicPartition partition) {
        processed++;
        ModelTree.Node owner = world.tree.get(world.paths.owner(partition));
        boolean evicted = world.now() < evictedAt.getOrDefault(member.sessionId(), 0L) + EVICTED_MILLIS;
        if (!evicted && (owner == null || owner.owner != member.sessionId())) {
            throw new Violation("G3: " + member.name + " processes " + partition + ", which belongs to "
                    + (owner == null ? "nobody" : owner.text()));
        }
    }

    // ---- at rest

    GroupMode mode() {
        return GroupMode.read(world.tree.get(world.paths.quorate()).data).orElseThrow();
    }

    /** Which of these nobody owns, although somebody is there. */
    Set<TopicPartition> unowned(Set<TopicPartition> wanted) {
        Set<TopicPartition> unowned = new TreeSet<>(wanted);
        unowned.removeAll(owners().keySet());
        return world.tree.children(world.paths.ids()).isEmpty() ? Set.of() : unowned;
    }

    /** Members that own nothing, although the last decision gives them something. */
    Set<String> emptyHanded() {
        Set<String> due = new TreeSet<>();
        if (mode() == GroupMode.COMPAT) {
            OldConsumer.compute(world).values().forEach(thread -> due.add(Registration.memberOf(thread)));
        } else {
            for (String key : world.tree.children(world.paths.targets())) {
                Target target = Target.read(world.tree.get(world.paths.target(key)).data)
                        .orElseThrow();
                if (!target.assign().isEmpty()) {
                    due.add(target.member());
                }
            }
        }
        due.retainAll(world.tree.children(world.paths.ids()));
        owners().values().forEach(thread -> due.remove(Registration.memberOf(thread)));
        return due;
    }

    /** G5, G9 and G10, once nothing has happened for long enough. */
    void atRest(List<SimMember> members, Set<TopicPartition> wanted) {
        Map<TopicPartition, String> owners = owners();
        List<SimMember> alive = members.stream().filter(m -> !m.isDead()).toList();
        if (!world.tree.children(world.paths.ids()).isEmpty()
                && !owners.keySet().equals(wanted)) {
            throw new Violation("G5: owned are " + owners.keySet() + " instead of " + wanted);
        }
        if (mode() == GroupMode.COMPAT) {
            Map<TopicPartition, String> computed = OldConsumer.compute(world);
            if (!owners.equals(computed)) {
                throw new Violation("G9: owners are " + owners + " instead of " + computed);
            }
        } else if (!alive.isEmpty()) {
            targetsAreMet(owners);
        }
        for (SimMember each : alive) {
            Set<TopicPartition> has = new TreeSet<>();
            owners.forEach((partition, thread) -> {
                if (Registration.memberOf(thread).equals(each.machine().memberId())) {
                    has.add(partition);
                }
            });
            if (!has.equals(each.host.positions().keySet())
                    || !has.equals(each.machine().owned())) {
                throw new Violation("G10: " + each.name + " has " + has + " in the tree, its host "
                        + each.host.positions().keySet() + ", and thinks it has "
                        + each.machine().owned());
            }
            if (!each.share.orders(everOwned).keySet().equals(has)) {
                throw new Violation(each.name + " keeps in mind more than it has");
            }
            if (!each.host.forgotten().isEmpty()) {
                throw new Violation(each.name + " was never told what is committed of " + each.host.forgotten());
            }
        }
        balanced(owners, alive);
        if (!alive.stream().allMatch(Checks::wantsCompat)) {
            kept.atRest();
        }
    }

    /** Whether it looks like an old consumer, and leads nobody. */
    static boolean wantsCompat(SimMember member) {
        return member.config.policy().mode() == ModeWish.COMPAT;
    }

    private void targetsAreMet(Map<TopicPartition, String> owners) {
        for (String key : world.tree.children(world.paths.targets())) {
            Target target =
                    Target.read(world.tree.get(world.paths.target(key)).data).orElseThrow();
            for (TopicPartition each : target.assign()) {
                if (!target.member().equals(Registration.memberOf(owners.getOrDefault(each, "-")))) {
                    throw new Violation(
                            "G10: " + each + " is meant for " + target.member() + " and held by " + owners.get(each));
                }
            }
        }
    }

    private void balanced(Map<TopicPartition, String> owners, List<SimMember> alive) {
        if (mode() == GroupMode.COMPAT || alive.isEmpty()) {
            return;
        }
        for (SimMember each : alive) {
            int has = each.host.positions().size();
            int share = owners.size() / alive.size();
            if (has < share || has > share + 1) {
                throw new Violation(
                        "C5: " + each.name + " has " + has + " of " + owners.size() + " among " + alive.size());
            }
        }
    }

    Map<TopicPartition, String> owners() {
        Map<TopicPartition, String> owners = new TreeMap<>();
        for (String topic : world.tree.children(world.paths.owners())) {
            for (String number : world.tree.children(world.paths.owners(topic))) {
                TopicPartition partition = new TopicPartition(topic, Integer.parseInt(number));
                owners.put(
                        partition, world.tree.get(world.paths.owner(partition)).text());
            }
        }
        return owners;
    }
}
