package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What processes records: as long as it may, a little at a time, and it takes a while to stop. */
final class SimHost {
    private final World world;
    private final SimMember member;
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    /** How often each was given, to tell orders of different times apart. */
    private final Map<TopicPartition, Long> assignments = new TreeMap<>();

    private long commits;
    private long commitsAnswered;
    /** Takes longer to stop than the revoke timeout. */
    boolean stubborn;

    int stubbornMillisMax = 8_000;

    SimHost(World world, SimMember member) {
        this.world = world;
        this.member = member;
        if (world.hostsWork) {
            world.after(20, this::work);
        }
    }

    SortedMap<TopicPartition, Long> positions() {
        return positions;
    }

    void assigned(Map<TopicPartition, OptionalLong> offsets) {
        offsets.forEach((partition, offset) -> {
            assignments.merge(partition, 1L, Long::sum);
            if (positions.put(partition, offset.orElse(0)) != null) {
                throw new Violation(member.name + " was given " + partition + " twice");
            }
        });
    }

    /** A stubborn host stops when it is made to, and says so at some time. */
    void revoke(long revocation, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ordered = new TreeMap<>();
        partitions.forEach(each -> ordered.put(each, assignments.getOrDefault(each, 0L)));
        world.after(stubborn ? world.random.nextInt(stubbornMillisMax) : world.random.nextInt(150), () -> {
            // What was given anew meanwhile is not meant.
            ordered.forEach((partition, number) -> {
                if (number.equals(assignments.get(partition))) {
                    positions.remove(partition);
                }
            });
            member.step(() -> member.machine().onRevoked(revocation));
        });
    }

    void stop(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
    }

    void seek(TopicPartition partition, long offset) {
        positions.computeIfPresent(partition, (same, before) -> offset);
    }

    void committed(long id, String failure) {
        commitsAnswered++;
    }

    private void work() {
        if (member.isDead()) {
            return;
        }
        if (member.isAlive()) {
            for (TopicPartition each : positions.keySet()) {
                if (world.random.nextInt(3) == 0) {
                    world.checks.onProcessed(member, each);
                    positions.merge(each, 1L, Long::sum);
                }
            }
            commitSome();
        }
        if (commitsAnswered > commits) {
            throw new Violation("commits were answered twice");
        }
        world.after(10 + world.random.nextInt(100), this::work);
    }

    private void commitSome() {
        Map<TopicPartition, Long> offsets = new TreeMap<>(positions);
        if (offsets.isEmpty()) {
            return;
        }
        switch (world.random.nextInt(6)) {
            case 0 -> {
                commits++;
                long id = commits;
                member.step(() -> member.machine().commit(id, offsets));
            }
            case 1 -> member.step(() -> member.machine().stage(offsets));
            default -> member.step(member.machine()::heartbeat);
        }
    }
}
