package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.BatchLimits;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** One run with everything that can happen to a group, for a while; then nothing happens, and all must come to rest. */
final class RandomRun {
    private static final Timing TIMING = new Timing(500, 2_000, 8_000, 5_000, 4_000, 300_000);
    private static final long EVENTS_MILLIS = 40_000;
    private static final long REST_MILLIS = 60_000;
    private static final long STEP_MILLIS = 50;
    private static final long RETENTION_MILLIS = 8_000;
    private static final List<String> TOPICS = List.of("t0", "t1", "t2");

    private final World world;
    private final List<SimMember> members = new ArrayList<>();
    private final List<OldConsumer> old = new ArrayList<>();
    private final int[] partitions = new int[TOPICS.size()];
    private final boolean withOld;
    private final long seed;
    /** The last topic comes and goes. */
    private boolean gone;

    private int joined;

    RandomRun(long seed) {
        this.seed = seed;
        world = new World(seed);
        world.checks.kept.retentionMillis = RETENTION_MILLIS;
        world.hostsAreSlow = seed % 2 == 1;
        world.requestsWait = seed % 5 < 2;
        world.limits = seed % 4 < 2 ? new BatchLimits(2, 3, 2, 2) : BatchLimits.DEFAULT;
        withOld = seed % 3 == 0;
    }

    World world() {
        return world;
    }

    void run() {
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain("/brokers/topics")));
        for (int t = 0; t < partitions.length; t++) {
            partitions[t] = 1 + world.random.nextInt(8);
            create(t);
        }
        int first = 1 + world.random.nextInt(4);
        for (int i = 0; i < first; i++) {
            world.after(world.random.nextInt(1_000), this::join);
        }
        long end = world.now() + EVENTS_MILLIS;
        while (world.now() < end) {
            world.run(200 + world.random.nextInt(3_000));
            something();
        }
        for (SimMember each : members) {
            each.host.stubborn = false;
            each.outage(false);
        }
        world.isCalm = true;
        world.happened();
        lastly();
        RestBounds bounds = new RestBounds(world, TIMING);
        long rest = world.now() + REST_MILLIS;
        while (world.now() < rest) {
            world.run(STEP_MILLIS);
            bounds.check(members, wanted(), !old.isEmpty() || members.stream().anyMatch(Checks::wantsCompat));
        }
        world.checks.atRest(members, wanted());
    }

    /** What would be healed by whatever comes after it comes last. */
    private void lastly() {
        SimMember fixed = anyone(each -> each.config.identity().instance() != null);
        if (seed % 7 < 2 && fixed != null) {
            fixed.host.stubborn = world.random.nextBoolean();
            replace(fixed);
        } else if (withOld && seed % 7 < 4) {
            members.stream()
                    .filter(each -> !each.isDead() && !Checks.wantsCompat(each))
                    .toList()
                    .forEach(each -> comeBackAs(each, ModeWish.COMPAT));
        }
    }

    private Set<TopicPartition> wanted() {
        Set<TopicPartition> all = new TreeSet<>();
        for (int t = 0; t < partitions.length; t++) {
            for (int p = 0; p < partitions[t] && exists(t); p++) {
                all.add(new TopicPartition("t" + t, p));
            }
        }
        return all;
    }

    private boolean exists(int topic) {
        return !gone || topic < partitions.length - 1;
    }

    private void create(int topic) {
        TreeOp create = new TreeOp.Create(GroupPaths.topic("t" + topic), topicBody(topic), TreeOp.Kind.PERSISTENT);
        world.tree.multi(Checks.OPERATOR, List.of(create));
    }

    private void comeOrGo() {
        int last = partitions.length - 1;
        gone = !gone;
        world.trace("t" + last + (gone ? " is deleted" : " is created again"));
        if (gone) {
            world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(GroupPaths.topic("t" + last), TreeOp.ANY)));
        } else {
            create(last);
        }
    }

    private byte[] topicBody(int topic) {
        StringBuilder text = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (int p = 0; p < partitions[topic]; p++) {
            text.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
        }
        return text.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void join() {
        joined++;
        boolean fixed = world.random.nextInt(4) == 0;
        Identity identity = fixed ? Identity.fixed("i" + joined) : Identity.named("c" + joined);
        start(new GroupConfig("g", Subscription.topics(TOPICS))
                .with(identity)
                .with(TIMING)
                .withOffsetsRetention(RETENTION_MILLIS));
    }

    private void start(GroupConfig config) {
        SimMember member = new SimMember(world, "m" + members.size(), config);
        world.trace(member.name + " joins as " + config.identity());
        members.add(member);
        member.start();
    }

    /** A successor under the same name, perhaps before its predecessor has stopped. */
    private void replace(SimMember member) {
        member.step(() -> member.machine().leave(world.random.nextBoolean()));
        world.after(world.random.nextInt(world.random.nextBoolean() ? 100 : 2_000), () -> start(member.config));
    }

    /** Restarted with other settings. */
    private void comeBackAs(SimMember member, ModeWish wish) {
        if (world.random.nextBoolean()) {
            member.kill();
        } else {
            member.step(() -> member.machine().leave(world.random.nextBoolean()));
        }
        GroupConfig config = member.config.with(member.config.policy().with(wish));
        world.after(world.random.nextInt(4_000), () -> start(config));
    }

    private SimMember anyone() {
        return anyone(member -> true);
    }

    private SimMember anyone(Predicate<SimMember> which) {
        List<SimMember> alive =
                members.stream().filter(m -> !m.isDead()).filter(which).toList();
        return alive.isEmpty() ? null : alive.get(world.random.nextInt(alive.size()));
    }

    private void something() {
        SimMember one = anyone();
        int what = world.random.nextInt(withOld ? 19 : 15);
        if (one == null || what == 0) {
            join();
            return;
        }
        switch (what) {
            case 1 -> one.kill();
            case 2 -> one.step(() -> one.machine().leave(world.random.nextBoolean()));
            case 3, 4 -> one.freeze(world.random.nextInt(2) == 0 ? 500 : 1_000 + world.random.nextInt(6_000));
            case 5, 6 -> one.cut();
            case 7 -> outage(world.random.nextInt(6_000));
            case 8 -> grow(world.random.nextInt(partitions.length));
            case 9 -> moveOffset();
            case 10 -> restart(one);
            case 11 -> one.host.stubborn = !one.host.stubborn;
            case 12, 13 -> comeOrGo();
            case 14 -> replace(one);
            case 15 -> {
                joined++;
                old.add(new OldConsumer(world, "g_old" + joined, Subscription.topics(TOPICS)));
            }
            case 16 -> comeBackAs(one, ModeWish.COMPAT);
            case 17 -> comeBackAs(one, ModeWish.AUTO);
            default -> {
                if (!old.isEmpty()) {
                    old.remove(0).leave();
                }
            }
        }
    }

    private void outage(long millis) {
        world.trace("outage for " + millis);
        List<SimMember> all = List.copyOf(members);
        all.forEach(each -> each.outage(true));
        world.after(millis, () -> all.forEach(each -> each.outage(false)));
    }

    private void grow(int topic) {
        if (!exists(topic)) {
            return;
        }
        partitions[topic]++;
        world.tree.multi(0, List.of(new TreeOp.SetData(GroupPaths.topic("t" + topic), topicBody(topic), TreeOp.ANY)));
    }

    /** An operator's reset, forced. */
    private void moveOffset() {
        TopicPartition which = new TopicPartition("t0", world.random.nextInt(partitions[0]));
        world.trace("the operator moves " + which);
        world.tree.multi(
                Checks.OPERATOR,
                List.of(new TreeOp.SetData(
                        world.paths.offset(which), OffsetBody.bytes(world.random.nextInt(50)), TreeOp.ANY)));
    }

    /** kill -9, and the same process again: a static member under its old name. */
    private void restart(SimMember member) {
        member.kill();
        world.after(world.random.nextInt(4_000), () -> start(member.config));
    }
}
