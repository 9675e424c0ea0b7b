package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.groups.GroupMember;
import io.quorate.groups.RebalanceListener;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.CoordinatorClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One member of the demo's group, which pretends to process some records every second. */
@Command(name = "member", hidden = true, description = "A part of the demo. Example: quorate demo member host:2181 a")
final class MemberPart implements Callable<Integer>, RebalanceListener {

    private static final int RECORDS_PER_SECOND = 10;

    private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();

    @Parameters(index = "0")
    private String servers;

    @Parameters(index = "1")
    private String name;

    @Override
    public Integer call() {
        GroupConfig config = new GroupConfig(DemoCommand.GROUP, Subscription.topics(List.of(DemoCommand.TOPIC)))
                .with(new GroupConfig.Identity(name, null, null, "127.0.0.1", true));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (GroupMember member = GroupMember.join(
                config, CoordinatorClient.builder(servers).sessionTimeout(DemoCommand.SESSION_TIMEOUT), this)) {
            ScheduledFuture<?> work = clock.scheduleAtFixedRate(() -> process(member), 1, 1, TimeUnit.SECONDS);
            ParentWatch.awaitEnd();
            work.cancel(false);
        } finally {
            clock.shutdown();
        }
        return ExitCode.OK.code();
    }

    private void process(GroupMember member) {
        member.heartbeat();
        offsets.replaceAll((partition, offset) -> member.mayProcess(partition) ? offset + RECORDS_PER_SECOND : offset);
        member.commitSoon(Map.copyOf(offsets));
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> assigned) {
        assigned.forEach((partition, offset) -> offsets.put(partition, offset.orElse(0)));
        System.out.println("assigned " + assigned.keySet());
    }

    @Override
    public void onRevoked(Set<TopicPartition> revoked) {
        offsets.keySet().removeAll(revoked);
        System.out.println("revoked " + revoked);
    }

    @Override
    public void onLost(Set<TopicPartition> lost) {
        offsets.keySet().removeAll(lost);
        System.out.println("lost " + lost);
    }

    @Override
    public void onMoved(TopicPartition partition, long offset) {
        offsets.computeIfPresent(partition, (same, before) -> offset);
        System.out.println(partition + " goes on at " + offset);
    }
}
