package io.quorate.bench;

import io.quorate.groups.GroupMember;
import io.quorate.groups.RebalanceListener;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.ClientTraffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** One member of a group under measurement, with a host that only tells the board what it has. */
final class Participant implements RebalanceListener, OwnershipBoard.Owner {

    private final OwnershipBoard board;
    private final ClientTraffic traffic = new ClientTraffic();
    private final Set<TopicPartition> mine = ConcurrentHashMap.newKeySet();
    private volatile GroupMember member;

    private Participant(OwnershipBoard board) {
        this.board = board;
    }

    /** Joins, in the background. */
    static Participant join(GroupConfig config, ClientBuilder servers, OwnershipBoard board) {
        Participant participant = new Participant(board);
        participant.member = GroupMember.join(config, servers.traffic(participant.traffic), participant);
        return participant;
    }

    ClientTraffic traffic() {
        return traffic;
    }

    /** Whether it leads its group, as far as it knows. */
    boolean isLeader() {
        return member.view().isLeader();
    }

    /** Of its target; 0 in the protocol of old consumers. */
    int generation() {
        return member.view().generation();
    }

    int owned() {
        return mine.size();
    }

    /** Has an offset of everything it owns committed with its next commit. */
    void commitSoon(long offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        mine.forEach(partition -> offsets.put(partition, offset));
        member.commitSoon(offsets);
        member.heartbeat();
    }

    CompletableFuture<String> leave() {
        return member.leave();
    }

    /** As if its process were killed. */
    CompletableFuture<String> die() {
        give(Set.copyOf(mine));
        return member.abandon();
    }

    @Override
    public boolean mayProcess(TopicPartition partition) {
        return member != null && member.mayProcess(partition);
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
        mine.addAll(offsets.keySet());
        board.taken(offsets.keySet(), this);
    }

    @Override
    public void onRevoked(Set<TopicPartition> partitions) {
        give(partitions);
    }

    @Override
    public void onLost(Set<TopicPartition> partitions) {
        give(partitions);
    }

    private void give(Set<TopicPartition> partitions) {
        List<TopicPartition> given = partitions.stream().filter(mine::remove).toList();
        board.given(given, this);
    }
}
