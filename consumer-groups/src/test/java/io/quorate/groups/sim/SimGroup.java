package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.TreeOp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** One group on one topic, for tests that tell a story. */
final class SimGroup {
    static final String TOPIC = "t";
    private static final long SETTLED_MILLIS = 15_000;
    private static final int PATIENCE_MILLIS = 120_000;

    final World world;
    final List<SimMember> members = new ArrayList<>();
    private final UnaryOperator<GroupConfig> settings;
    private final Set<TopicPartition> partitions = new TreeSet<>();

    /** @param settings what members are told beside their names */
    SimGroup(long seed, int count, UnaryOperator<GroupConfig> settings) {
        world = new World(seed);
        this.settings = settings;
        world.tree.multi(0, List.of(TreeOp.plain("/brokers"), TreeOp.plain(GroupPaths.TOPICS)));
        for (int p = 0; p < count; p++) {
            partitions.add(new TopicPartition(TOPIC, p));
        }
        createTopic();
    }

    void createTopic() {
        StringBuilder body = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (TopicPartition each : partitions) {
            body.append(each.partition() == 0 ? "\"" : ",\"").append(each.partition());
            body.append("\":[1]");
        }
        byte[] data = body.append("}}").toString().getBytes(StandardCharsets.UTF_8);
        world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Create(GroupPaths.topic(TOPIC), data, TreeOp.Kind.PERSISTENT)));
    }

    void deleteTopic() {
        world.tree.multi(Checks.OPERATOR, List.of(new TreeOp.Delete(GroupPaths.topic(TOPIC), TreeOp.ANY)));
    }

    /** Of how many partitions an offset is kept. */
    int offsets() {
        return world.tree.children(world.paths.offsets(TOPIC)).size();
    }

    SimMember join() {
        return join(Subscription.topics(List.of(TOPIC)));
    }

    SimMember join(Subscription subscription) {
        return join(subscription, UnaryOperator.identity());
    }

    /** One that is told something else in the end. */
    SimMember join(UnaryOperator<GroupConfig> other) {
        return join(Subscription.topics(List.of(TOPIC)), other);
    }

    private SimMember join(Subscription subscription, UnaryOperator<GroupConfig> other) {
        GroupConfig named = new GroupConfig("g", subscription).with(Identity.named("c" + members.size()));
        GroupConfig config = other.apply(settings.apply(named));
        SimMember member = new SimMember(world, "m" + members.size(), config);
        members.add(member);
        member.start();
        return member;
    }

    void until(BooleanSupplier condition) {
        for (int millis = 0; !condition.getAsBoolean(); millis++) {
            if (millis > PATIENCE_MILLIS) {
                throw new AssertionError("in vain: waited for " + PATIENCE_MILLIS + " ms");
            }
            world.run(1);
        }
    }

    /** Long enough for everything to come to rest, unless something waits for longer on purpose. */
    void settle() {
        world.run(SETTLED_MILLIS);
    }

    void allIsWell() {
        world.checks.atRest(members, partitions);
    }
}
