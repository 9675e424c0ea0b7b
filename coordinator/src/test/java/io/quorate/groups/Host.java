package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.wire.client.ClientBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A member with a host that only takes notes. */
final class Host implements RebalanceListener, AutoCloseable {
    private final GroupMember member;
    private final SortedMap<TopicPartition, Long> positions = new ConcurrentSkipListMap<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile int stopMillis;

    private Host(GroupConfig config, ClientBuilder servers) {
        member = GroupMember.join(config, servers, this);
    }

    static Host join(GroupConfig config, ClientBuilder servers) {
        return new Host(config, servers);
    }

    GroupMember member() {
        return member;
    }

    /** What it has, and from which offset on; 0 where none was committed. */
    SortedMap<TopicPartition, Long> positions() {
        return positions;
    }

    /** One line for each thing it was told. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** From now on it takes so long to stop, unless it is interrupted. */
    void takesToStop(int millis) {
        stopMillis = millis;
    }

    private void stop() {
        try {
            boolean isWoken = never.await(stopMillis, TimeUnit.MILLISECONDS);
            assert !isWoken;
        } catch (InterruptedException e) {
            told.add("interrupted");
        }
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
        offsets.forEach((partition, offset) -> positions.put(partition, offset.orElse(0)));
        told.add("assigned " + offsets.keySet());
    }

    @Override
    public void onRevoked(Set<TopicPartition> partitions) {
        stop();
        positions.keySet().removeAll(partitions);
        told.add("revoked " + partitions);
    }

    @Override
    public void onLost(Set<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        told.add("lost " + partitions);
    }

    @Override
    public void onMoved(TopicPartition partition, long offset) {
        positions.put(partition, offset);
        told.add("moved " + partition + " " + offset);
    }

    @Override
    public void onEnded(String reason) {
        told.add("ended " + reason);
    }

    @Override
    public void close() {
        member.close();
    }
}
