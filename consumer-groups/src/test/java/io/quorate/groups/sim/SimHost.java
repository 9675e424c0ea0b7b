package io.quorate.groups.sim;

import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What processes records: as long as it may, a little at a time, and it takes a while to stop. */
final class SimHost {
    /** Whoever finds no server for longer has lost everything by then. */
    private static final long SOUGHT_MILLIS = 10_000;

    private final World world;
    private final SimMember member;
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    /** How often each was given, to tell orders of different times apart. */
    private final Map<TopicPartition, Long> assignments = new TreeMap<>();

    private final Deque<Runnable> calls = new ArrayDeque<>();
    private boolean isCalled;
    private Runnable stopping = () -> {};
    private long commits;
    private long commitsAnswered;
    /** Takes longer to stop than the revoke timeout. */
    boolean stubborn;

    int stubbornMillisMin;
    /** Hands in its last offsets when it is asked to stop. */
    boolean commitsLast = true;
    /** Where it wants to go back to what is committed and was not told yet: since when, and to which node. */
    private final Map<TopicPartition, Sought> sought = new TreeMap<>();

    private final Set<TopicPartition> moving = new TreeSet<>();

    private record Sought(long since, long czxid) {}

    /** Commits that failed, by their numbers. */
    final Map<Long, String> failures = new TreeMap<>();

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

    void assigned(Map<TopicPartition, OptionalLong> offsets, long order) {
        tell(() -> {
            member.share.heard(order, offsets.keySet());
            offsets.forEach((partition, offset) -> {
                assignments.merge(partition, 1L, Long::sum);
                if (positions.put(partition, offset.orElse(0)) != null) {
                    throw new Violation(member.name + " was given " + partition + " twice");
                }
            });
        });
    }

    /** What is told to a slow host waits until it has heard what was told before. */
    private void tell(Runnable call) {
        if (world.hostsAreSlow) {
            calls.add(() -> {
                call.run();
                nextCall();
            });
            callIfIdle();
        } else {
            call.run();
        }
    }

    private void callIfIdle() {
        if (!isCalled && !calls.isEmpty()) {
            isCalled = true;
            Runnable call = calls.remove();
            int millis = world.random.nextInt(20) == 0 ? world.random.nextInt(3_000) : world.random.nextInt(50);
            world.after(millis, call);
        }
    }

    private void nextCall() {
        isCalled = false;
        callIfIdle();
    }

    /** A stubborn host stops when it is made to, and says so at some time. */
    void revoke(long revocation, Set<TopicPartition> partitions) {
        if (world.hostsAreSlow) {
            calls.add(() -> beginStopping(revocation, partitions, this::nextCall));
            callIfIdle();
        } else {
            beginStopping(revocation, partitions, () -> {});
        }
    }

    private void beginStopping(long revocation, Set<TopicPartition> partitions, Runnable then) {
        Map<TopicPartition, Long> ordered = new TreeMap<>();
        partitions.forEach(sought::remove);
        partitions.forEach(each -> ordered.put(each, assignments.getOrDefault(each, 0L)));
        boolean[] done = {false};
        Runnable end = () -> {
            if (!done[0]) {
                done[0] = true;
                endStopping(revocation, ordered);
                then.run();
            }
        };
        stopping = end;
        world.after(
                stubborn ? stubbornMillisMin + world.random.nextInt(stubbornMillisMax) : world.random.nextInt(150),
                end);
    }

    private void endStopping(long revocation, Map<TopicPartition, Long> ordered) {
        Map<TopicPartition, Long> last = new TreeMap<>();
        // What was given anew meanwhile is not meant.
        ordered.forEach((partition, number) -> {
            if (number.equals(assignments.get(partition)) && positions.containsKey(partition)) {
                last.put(partition, positions.remove(partition));
            }
        });
        if (commitsLast) {
            member.stage(last);
        }
        member.stopped(revocation);
    }

    /** The call in which the host takes too long to stop is made to return. */
    void interrupt() {
        if (world.hostsAreSlow) {
            // Never from within an order.
            world.after(1, stopping);
        }
    }

    void stop(Collection<TopicPartition> partitions) {
        partitions.forEach(sought::remove);
        tell(() -> partitions.forEach(positions::remove));
    }

    void seek(TopicPartition partition, long offset, Runnable then) {
        if (forgotten().contains(partition)) {
            throw new Violation(member.name + " was told late what is committed of " + partition);
        }
        sought.remove(partition);
        moving.add(partition);
        tell(() -> {
            positions.computeIfPresent(partition, (same, before) -> offset);
            world.after(1, () -> {
                then.run();
                member.step(() -> moving.remove(partition));
            });
        });
    }

    void committed(long id, String failure) {
        commitsAnswered++;
        if (failure != null) {
            failures.put(id, failure);
        }
    }

    private void work() {
        if (member.isDead()) {
            return;
        }
        if (member.isAlive()) {
            for (TopicPartition each : positions.keySet()) {
                boolean may = !world.hostsAreSlow || member.share.mayProcess(each);
                if (may && world.random.nextInt(3) == 0) {
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

    /** Goes back to what is committed, now and then. */
    private void seekSome() {
        if (world.random.nextInt(10) == 0) {
            Set<TopicPartition> some = new TreeSet<>(positions.keySet());
            some.removeIf(each -> world.random.nextBoolean());
            member.step(() -> {
                some.forEach(this::note);
                member.machine().seekCommitted(some);
            });
        }
    }

    private void note(TopicPartition partition) {
        ModelTree.Node node = world.tree.get(world.paths.offset(partition));
        // Of what is moving already it is being told.
        if (node != null
                && !moving.contains(partition)
                && member.machine().owned().contains(partition)) {
            sought.putIfAbsent(partition, new Sought(world.now(), node.czxid));
        }
    }

    /** Of which it should have been told where to go back to. */
    Set<TopicPartition> forgotten() {
        Set<TopicPartition> forgotten = new TreeSet<>();
        sought.forEach((partition, since) -> {
            ModelTree.Node node = world.tree.get(world.paths.offset(partition));
            if (world.now() - since.since() > SOUGHT_MILLIS && node != null && node.czxid == since.czxid()) {
                forgotten.add(partition);
            }
        });
        return forgotten;
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
                member.commit(id, offsets);
            }
            case 1 -> member.stage(offsets);
            case 2 -> seekSome();
            default -> member.step(member.machine()::heartbeat);
        }
    }
}
