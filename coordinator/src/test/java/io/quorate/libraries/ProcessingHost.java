package io.quorate.libraries;

import io.quorate.groups.CommitFailedException;
import io.quorate.groups.GroupMember;
import io.quorate.groups.RebalanceListener;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.libraries.RecordLog.Kind;
import io.quorate.libraries.RecordLog.Line;
import io.quorate.wire.client.ClientBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A member whose host does what the documentation of the library asks for, and no more: it asks before each record, stops when it
 * is told to, and commits what it did. It writes down all of it.
 */
final class ProcessingHost implements RebalanceListener {
    /** Stands for no partition. */
    private static final TopicPartition NOTHING = new TopicPartition("-", 0);

    private static final int COMMIT_EVERY = 25;

    private final String group;
    private final String name;
    private final RecordLog log;
    private final CompletableFuture<GroupMember> member = new CompletableFuture<>();
    /** Held while records are processed, so that who gives partitions up waits for those under way. */
    private final ReentrantLock processing = new ReentrantLock();

    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    private int batches;
    private volatile boolean leaving;

    /** Joins as the config says; its client name must be one that nobody else ever has. */
    ProcessingHost(GroupConfig config, ClientBuilder servers, RecordLog log) {
        this.group = config.group();
        this.name = config.identity().client();
        this.log = log;
        member.complete(GroupMember.join(config, servers, this));
    }

    /** Processes one record of each partition that it may. */
    void processBatch() {
        processing.lock();
        try {
            List<Line> lines = new ArrayList<>();
            Map<TopicPartition, Long> processed = new HashMap<>();
            positions.replaceAll((partition, offset) -> {
                long asked = System.nanoTime();
                if (!member().mayProcess(partition)) {
                    return offset;
                }
                lines.add(Kind.RECORD.of(group, name, partition, offset, asked));
                processed.put(partition, offset + 1);
                return offset + 1;
            });
            log.write(lines);
            member().heartbeat();
            commit(processed);
        } finally {
            processing.unlock();
        }
    }

    private void commit(Map<TopicPartition, Long> processed) {
        if (++batches % COMMIT_EVERY != 0) {
            member().commitSoon(processed);
            return;
        }
        CompletableFuture<Void> written = member().commit(processed).exceptionally(failure -> {
            if (!(failure instanceof CommitFailedException) && !(failure.getCause() instanceof CommitFailedException)) {
                failure.printStackTrace();
            }
            return null;
        });
        assert written != null;
    }

    private GroupMember member() {
        return member.join();
    }

    /** Leaves, and returns when that is done. */
    void leave() {
        leaving = true;
        member().leave().join();
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
        long now = System.nanoTime();
        processing.lock();
        try {
            offsets.forEach((partition, offset) -> {
                log.write(List.of(Kind.ASSIGNED.of(group, name, partition, offset.orElse(0), now)));
                positions.put(partition, offset.orElse(0));
            });
        } finally {
            processing.unlock();
        }
    }

    @Override
    public void onRevoked(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> last = stop(partitions, Kind.REVOKED);
        member().commitSoon(last);
    }

    @Override
    public void onLost(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ignored = stop(partitions, Kind.LOST);
        assert ignored != null;
    }

    private Map<TopicPartition, Long> stop(Collection<TopicPartition> partitions, Kind kind) {
        processing.lock();
        try {
            Map<TopicPartition, Long> last = new HashMap<>();
            for (TopicPartition each : partitions) {
                Long position = positions.remove(each);
                if (position != null) {
                    last.put(each, position);
                    log.write(List.of(kind.of(group, name, each, position, System.nanoTime())));
                }
            }
            return last;
        } finally {
            processing.unlock();
        }
    }

    @Override
    public void onMoved(TopicPartition partition, long offset) {
        processing.lock();
        try {
            log.write(List.of(Kind.MOVED.of(group, name, partition, offset, System.nanoTime())));
            positions.replace(partition, offset);
        } finally {
            processing.unlock();
        }
    }

    @Override
    public void onEnded(String reason) {
        System.out.println(name + " has ended: " + reason);
        if (!leaving) {
            log.write(List.of(Kind.ENDED.of(group, name, NOTHING, 0, System.nanoTime())));
        }
    }
}
