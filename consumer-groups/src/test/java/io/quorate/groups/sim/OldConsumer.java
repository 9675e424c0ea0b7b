package io.quorate.groups.sim;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.Threads;
import io.quorate.groups.layout.TopicBody;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A consumer of the old protocol (consumer-groups A5): lets go of everything, computes, claims; four tries, two seconds apart. */
final class OldConsumer {
    private static final int TRIES = 4;
    private static final long BACKOFF = 2_000;

    final String id;
    private final World world;
    private final World.Session session;
    private final List<String> owned = new ArrayList<>();
    private boolean gone;
    private boolean trying;
    private boolean again;

    OldConsumer(World world, String id, Subscription subscription) {
        this.world = world;
        this.id = id;
        session = world.openSession(null, 6_000);
        keepAlive();
        for (String each : List.of(GroupPaths.CONSUMERS, world.paths.root(), world.paths.ids(), world.paths.owners())) {
            world.tree.multi(0, List.of(TreeOp.plain(each)));
        }
        Registration body = new Registration(subscription, "1", false, Registration.Origin.UNKNOWN);
        world.tree.multi(
                session.id, List.of(new TreeOp.Create(world.paths.id(id), body.bytes(), TreeOp.Kind.EPHEMERAL)));
        world.onMembersChange(this::onChange);
        world.after(world.delay(), this::onChange);
    }

    private void keepAlive() {
        if (!gone) {
            session.heardAt = world.now();
            world.after(World.TICK, this::keepAlive);
        }
    }

    void leave() {
        gone = true;
        world.trace(id + " leaves");
        world.endSession(session);
    }

    private void onChange() {
        again = true;
        if (!gone && !trying) {
            trying = true;
            again = false;
            attempt(1);
        }
    }

    private void attempt(int number) {
        if (gone) {
            return;
        }
        owned.forEach(path -> world.tree.multi(session.id, List.of(new TreeOp.Delete(path, TreeOp.ANY))));
        owned.clear();
        world.after(world.delay(), () -> claim(number));
    }

    private void claim(int number) {
        if (gone) {
            return;
        }
        boolean conflict = false;
        for (Map.Entry<TopicPartition, String> each : share().entrySet()) {
            ensure(each.getKey().topic());
            String path = world.paths.owner(each.getKey());
            byte[] thread = each.getValue().getBytes(StandardCharsets.UTF_8);
            boolean done = world.tree
                    .multi(session.id, List.of(new TreeOp.Create(path, thread, TreeOp.Kind.EPHEMERAL)))
                    .isOk();
            conflict |= !done;
            if (done) {
                owned.add(path);
            }
        }
        if (conflict) {
            owned.forEach(path -> world.tree.multi(session.id, List.of(new TreeOp.Delete(path, TreeOp.ANY))));
            owned.clear();
        }
        if (conflict && number < TRIES) {
            world.after(BACKOFF, () -> attempt(number + 1));
        } else {
            trying = false;
            if (again) {
                onChange();
            }
        }
    }

    private void ensure(String topic) {
        world.tree.multi(0, List.of(TreeOp.plain(world.paths.owners(topic))));
    }

    private Map<TopicPartition, String> share() {
        Map<TopicPartition, String> all = compute(world);
        all.values().removeIf(thread -> !Registration.memberOf(thread).equals(id));
        return all;
    }

    /** What every member of a group in compat mode comes to, from what stands in the tree. */
    static Map<TopicPartition, String> compute(World world) {
        Map<String, Subscription> members = new TreeMap<>();
        for (String each : world.tree.children(world.paths.ids())) {
            Registration body =
                    Registration.read(world.tree.get(world.paths.id(each)).data).orElseThrow();
            members.put(each, body.subscription());
        }
        List<String> topics = world.tree.children(GroupPaths.TOPICS);
        SortedMap<String, SortedSet<Integer>> partitions = new TreeMap<>();
        for (String topic : topics) {
            byte[] body = world.tree.get(GroupPaths.topic(topic)).data;
            partitions.put(
                    topic,
                    new TreeSet<>(TopicBody.read(body).orElseThrow().replicas().keySet()));
        }
        return new TreeMap<>(LegacyStrategy.RANGE.assign(Threads.byTopic(members, topics, true), partitions));
    }
}
