package io.quorate.groups.examples;

import io.quorate.groups.GroupMember;
import io.quorate.groups.RebalanceListener;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.CoordinatorClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A consumer that pretends to process: it counts one record of each of its partitions every tenth of a second, commits, and
 * prints what happens to it. Ends when its standard input ends.
 *
 * <p>Arguments: servers, group, name of the member, topic.
 */
public final class PrintingMember implements RebalanceListener {
    private static final Duration SESSION = Duration.ofSeconds(4);
    private static final long BATCH_MILLIS = 100;

    private final String name;
    private final PrintStream out;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

    private PrintingMember(String name, PrintStream out) {
        this.name = name;
        this.out = out;
    }

    /** Joins, and processes until standard input ends. */
    public static void main(String[] args) throws Exception {
        PrintingMember host = new PrintingMember(args[2], System.out);
        GroupConfig config = new GroupConfig(args[1], Subscription.topics(List.of(args[3])))
                .with(GroupConfig.Identity.named(args[2]));
        GroupMember member =
                GroupMember.join(config, CoordinatorClient.builder(args[0]).sessionTimeout(SESSION), host);
        while (System.in.available() == 0 && !member.whenEnded().isDone()) {
            host.processBatch(member);
            Thread.sleep(BATCH_MILLIS);
        }
        member.leave().join();
    }

    private void processBatch(GroupMember member) {
        Map<TopicPartition, Long> processed = new HashMap<>();
        for (TopicPartition each : member.assignment()) {
            // Asked before every batch: a host that stood still must not go on with what others have by now.
            if (member.mayProcess(each)) {
                positions.computeIfPresent(each, (same, offset) -> offset + 1);
                processed.put(each, positions.getOrDefault(each, 0L));
            }
        }
        member.heartbeat();
        member.commitSoon(processed);
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
        offsets.forEach((partition, offset) -> positions.put(partition, offset.orElse(0)));
        out.println(name + " got " + offsets.keySet());
    }

    @Override
    public void onRevoked(Set<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        out.println(name + " gave up " + partitions);
    }

    @Override
    public void onLost(Set<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        out.println(name + " lost " + partitions);
    }
}
