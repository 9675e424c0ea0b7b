package io.quorate.bench;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NettyLoops;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Owns the members of one group, all in this process, and observes what becomes of what they do. Confined to one thread. */
final class Crowd implements AutoCloseable {

    /**
     * How a crowd is kept.
     *
     * @param sessionMillis session timeout of each member
     * @param loops event loops that all members share
     * @param quietMillis for how long nothing must be written for the group to be at rest
     * @param limitSeconds how long anything may take
     */
    record Settings(int sessionMillis, int loops, int quietMillis, int limitSeconds) {}

    /** What a change of the group cost. */
    record Cost(long transactions, long requests, int woken, double seconds, double unownedSeconds) {}

    private record Counts(long requests, long events) {
        static Counts of(Participant participant) {
            return new Counts(
                    participant.traffic().requests(), participant.traffic().events());
        }
    }

    private static final String GROUP = "crowd";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LEADER_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final double SECOND_NANOS = 1e9;
    private static final Timing TIMING = new Timing(500, 30_000, 60_000, 60_000, 10_000, TimeUnit.DAYS.toMillis(1));

    private final GroupPlan plan;
    private final Settings settings;
    private final String servers;
    private final OwnershipBoard board;
    private final NettyLoops loops;
    private final CoordinatorClient client;
    private final List<Participant> present = new ArrayList<>();
    private int joined;

    /** Makes the topics; nobody has joined yet. */
    Crowd(GroupPlan plan, Settings settings, String servers) {
        this.plan = plan;
        this.settings = settings;
        this.servers = servers;
        this.board = new OwnershipBoard(plan.all());
        this.loops = new NettyLoops(settings.loops());
        this.client = CoordinatorClient.builder(servers).connect();
        makeTopics();
    }

    private void makeTopics() {
        client.sync().create("/brokers", null, CreateMode.PERSISTENT);
        client.sync().create("/brokers/topics", null, CreateMode.PERSISTENT);
        plan.topicSizes().forEach((topic, count) -> {
            String body = IntStream.range(0, count)
                    .mapToObj(p -> "\"" + p + "\":[1]")
                    .collect(Collectors.joining(",", "{\"version\":1,\"partitions\":{", "}}"));
            client.sync()
                    .create("/brokers/topics/" + topic, body.getBytes(StandardCharsets.UTF_8), CreateMode.PERSISTENT);
        });
    }

    /** Lets one more member join; does not wait for it. */
    Participant join() {
        joined++;
        ModeWish wish = plan.isCompat() ? ModeWish.COMPAT : ModeWish.AUTO;
        GroupConfig config = new GroupConfig(
                        GROUP, Subscription.topics(plan.topicSizes().keySet()))
                .with(Identity.named("m" + joined))
                .with(Policy.DEFAULT.with(wish))
                .with(TIMING);
        Participant participant = Participant.join(
                config,
                CoordinatorClient.builder(servers)
                        .sessionTimeout(Duration.ofMillis(settings.sessionMillis()))
                        .eventLoops(loops),
                board);
        present.add(participant);
        return participant;
    }

    /** Lets a member leave, and waits until it has. */
    void leave(Participant participant) {
        present.remove(participant);
        await(participant.leave());
    }

    /** Kills a member. */
    void kill(Participant participant) {
        present.remove(participant);
        await(participant.die());
    }

    private void await(CompletableFuture<?> future) {
        future.orTimeout(settings.limitSeconds(), TimeUnit.SECONDS).join();
    }

    List<Participant> present() {
        return List.copyOf(present);
    }

    /** The member that leads; waits for one. */
    Participant leader() {
        long deadline = deadline();
        while (System.nanoTime() < deadline) {
            for (Participant each : present) {
                if (each.isLeader()) {
                    return each;
                }
            }
            LockSupport.parkNanos(LEADER_POLL_NANOS);
        }
        throw new IllegalStateException("nobody leads the group");
    }

    /** A member that does not lead; old consumers have no leader. */
    Participant anyButLeader() {
        Participant middle = present.get(present.size() / 2);
        Participant leader = plan.isCompat() ? null : leader();
        return middle == leader ? present.get(present.size() / 2 - 1) : middle;
    }

    /** How many transactions the servers have carried out in this epoch of theirs. */
    long transactions() {
        return client.sync().sync("/");
    }

    OwnershipBoard board() {
        return board;
    }

    /** Does something to the group, waits until it is at rest again, and tells what that cost. */
    Cost cost(Runnable change) {
        Map<Participant, Counts> before = new HashMap<>();
        present.forEach(each -> before.put(each, Counts.of(each)));
        long zxid = transactions();
        board.restart();
        long start = System.nanoTime();
        change.run();
        long transactions = awaitRest() - zxid;
        double seconds = (board.completeNanos() - start) / SECOND_NANOS;
        Map<Participant, Counts> after = new HashMap<>();
        before.keySet().forEach(each -> after.put(each, Counts.of(each)));
        present.forEach(each -> after.put(each, Counts.of(each)));
        long requests = 0;
        int woken = 0;
        for (Map.Entry<Participant, Counts> each : after.entrySet()) {
            Counts then = before.getOrDefault(each.getKey(), new Counts(0, 0));
            boolean isWoken = each.getValue().events() > then.events();
            boolean cameOrWent = before.containsKey(each.getKey()) != present.contains(each.getKey());
            woken += isWoken ? 1 : 0;
            // The others only look after themselves now and then.
            requests += isWoken || cameOrWent ? each.getValue().requests() - then.requests() : 0;
        }
        return new Cost(transactions, requests, woken, seconds, board.unownedSeconds());
    }

    /** Waits until everything is owned, evenly, and nothing is written any more; gives the last zxid. */
    long awaitRest() {
        long deadline = deadline();
        long zxid = transactions();
        long since = System.nanoTime();
        long quietNanos = TimeUnit.MILLISECONDS.toNanos(settings.quietMillis());
        while (!isShared() || System.nanoTime() - since < quietNanos) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not at rest after " + settings.limitSeconds() + " s: "
                        + board.unowned() + " partitions are not owned by " + present.size() + " members");
            }
            LockSupport.parkNanos(POLL_NANOS);
            long now = transactions();
            since = now == zxid ? since : System.nanoTime();
            zxid = now;
        }
        if (board.conflicts() > 0) {
            throw new IllegalStateException(board.conflicts() + " times a partition had two owners");
        }
        return zxid;
    }

    private boolean isShared() {
        int least = present.stream().mapToInt(Participant::owned).min().orElse(0);
        int most = present.stream().mapToInt(Participant::owned).max().orElse(0);
        return board.unowned() == 0 && most - least <= 1;
    }

    private long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.limitSeconds());
    }

    /** Ends all members at once. */
    @Override
    public void close() {
        for (Participant each : present) {
            CompletableFuture<String> unused = each.die();
        }
        client.close();
        loops.close();
    }
}
