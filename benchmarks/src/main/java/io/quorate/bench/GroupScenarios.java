package io.quorate.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Owns the life of one group on the servers of one side: it starts cold, members join, leave, commit and are killed, and each
 * of that gives figures for the scorecard (consumer-groups F3).
 */
final class GroupScenarios {

    /**
     * How often, and how long.
     *
     * @param repeats joins and leaves
     * @param steadySeconds in which commits are counted, after as long as all need to have committed once
     * @param isQuick without what takes long: commits, and members that are killed
     */
    record Settings(Crowd.Settings crowd, int repeats, int steadySeconds, boolean isQuick) {}

    private static final int COMMIT_SECONDS = 5;
    /** How much later than its timeout a server gives a session up, at most: one tick. */
    private static final double TICK_SECONDS = 2;

    /** How much more than expected may fall into an interval whose ends are a little off. */
    private static final double EDGES = 1.02;

    private static final double MILLIS = 1_000;
    private static final double SECOND_NANOS = 1e9;
    private static final double KIB = 1024;

    private final GroupPlan plan;
    private final Settings settings;
    private final Side side;
    private final Scorecard card;
    private final PrintWriter progress;
    private Crowd crowd;

    private GroupScenarios(GroupPlan plan, Settings settings, Side side, Scorecard card, PrintWriter progress) {
        this.plan = plan;
        this.settings = settings;
        this.side = side;
        this.card = card;
        this.progress = progress;
    }

    /** Runs all of it on servers that nobody has used yet. What fails ends the group's life, and is on the card. */
    static void run(
            GroupPlan plan, Settings settings, Side side, Ensemble servers, Scorecard card, PrintWriter progress) {
        new GroupScenarios(plan, settings, side, card, progress).run(servers.connectString());
    }

    private void run(String servers) {
        try (Crowd opened = new Crowd(plan, settings.crowd(), servers)) {
            crowd = opened;
            coldStart();
            watches();
            for (int i = 0; i < settings.repeats(); i++) {
                cost("one join", crowd.cost(() -> crowd.join()), plan.weight());
                cost("one leave", crowd.cost(() -> crowd.leave(crowd.anyButLeader())), Double.NaN);
            }
            if (!plan.isCompat()) {
                leaderLeaves();
            }
            if (!settings.isQuick()) {
                takesLong();
            }
        } catch (RuntimeException e) {
            card.fail(side, plan.title(), e);
            progress.printf("%s failed: %s%n", side.label(), e);
            progress.flush();
        }
    }

    private void takesLong() {
        steady();
        if (!plan.isCompat()) {
            leaderIsKilled();
        }
        someAreKilled();
    }

    private void coldStart() {
        long heapBefore = heap();
        Crowd.Cost cost = crowd.cost(() -> {
            for (int i = 0; i < plan.members(); i++) {
                crowd.join();
            }
        });
        add(target("cold start: until all are owned, s", 15, 4), cost.seconds());
        add(Goal.none("cold start: transactions"), cost.transactions());
        add(Goal.none("cold start: requests of the whole group"), cost.requests());
        int generations =
                crowd.present().stream().mapToInt(Participant::generation).max().orElse(0);
        if (!plan.isCompat()) {
            add(Goal.none("cold start: generations"), generations);
        }
        add(target("memory of a member, KiB", 1024, 256), (heap() - heapBefore) / KIB / plan.members());
        if (!settings.isQuick()) {
            forgottenSessions();
        }
    }

    /** On a busy machine a client may give up waiting for its session and ask for another; the first ends by itself. */
    private void forgottenSessions() {
        long before = crowd.transactions();
        LockSupport.parkNanos((long) (expiry() * SECOND_NANOS));
        add(Goal.none("cold start: sessions opened in vain"), crowd.awaitRest() - before);
    }

    /** Live objects of this process. */
    private static long heap() {
        return new Target(List.of(), List.of(ProcessHandle.current().pid())).liveHeapBytes();
    }

    /** The leader has more than the others; half of all have no more than this. */
    private void watches() {
        long[] watches = crowd.present().stream()
                .mapToLong(each -> each.traffic().watches())
                .sorted()
                .toArray();
        add(target("watches of a member", 5, 4), watches[watches.length / 2]);
        add(Goal.none("watches of all members"), Arrays.stream(watches).sum());
    }

    /** @param weight what the targets are multiplied with; NaN where there are none */
    private void cost(String what, Crowd.Cost cost, double weight) {
        add(target(what + ": transactions", 25 * weight, 12 * weight), cost.transactions());
        add(target(what + ": requests of the whole group", 200 * weight, 60 * weight), cost.requests());
        add(target(what + ": members woken", 15 * weight, 12 * weight), cost.woken());
        double timed = Double.isNaN(weight) ? weight : 1;
        add(target(what + ": until all are owned, ms", MILLIS * timed, 200 * timed), cost.seconds() * MILLIS);
        add(target(what + ": un-owned partition·s", 5 * weight, 0.5 * weight), cost.unownedSeconds());
    }

    /** All commit all their offsets in every interval. */
    private void steady() {
        long offset = commitFor(2 * COMMIT_SECONDS, 1);
        long before = crowd.transactions();
        long start = System.nanoTime();
        commitFor(settings.steadySeconds(), offset);
        double seconds = (System.nanoTime() - start) / SECOND_NANOS;
        double perSecond = EDGES * plan.members() / COMMIT_SECONDS;
        add(
                target("steady state, commits each 5 s: transactions/s", perSecond, perSecond),
                (crowd.transactions() - before) / seconds);
        crowd.awaitRest();
    }

    private long commitFor(int seconds, long from) {
        long offset = from;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            long now = offset++;
            crowd.present().forEach(each -> each.commitSoon(now));
            LockSupport.parkNanos(Math.min(TimeUnit.SECONDS.toNanos(1), end - System.nanoTime()));
        }
        return offset;
    }

    private void leaderLeaves() {
        Participant leader = crowd.leader();
        long start = System.nanoTime();
        crowd.cost(() -> {
            crowd.leave(leader);
            crowd.leader();
            add(target("leader leaves: until the next leads, ms", MILLIS, 100), since(start) * MILLIS);
        });
        add(Goal.none("leader leaves: until all are owned, ms"), (crowd.board().completeNanos() - start) / 1e6);
    }

    private void leaderIsKilled() {
        Participant leader = crowd.leader();
        Crowd.Cost cost = crowd.cost(() -> {
            long start = System.nanoTime();
            crowd.kill(leader);
            crowd.leader();
            add(target("leader is killed: until the next leads, s", expiry() + 1, expiry() + 0.2), since(start));
        });
        add(Goal.none("leader is killed: until all are owned, s"), cost.seconds());
    }

    private void someAreKilled() {
        Participant leader = plan.isCompat() ? null : crowd.leader();
        List<Participant> victims = crowd.present().stream()
                .filter(each -> each != leader)
                .limit(plan.victims())
                .toList();
        Crowd.Cost cost = crowd.cost(() -> victims.forEach(crowd::kill));
        add(
                target(victims.size() + " are killed: until all are owned, s", expiry() + 2, expiry() + 0.5),
                cost.seconds());
        add(Goal.none(victims.size() + " are killed: transactions"), cost.transactions());
    }

    /** When a server gives up the session of a member that was killed, at the latest. */
    private double expiry() {
        return settings.crowd().sessionMillis() / MILLIS + TICK_SECONDS;
    }

    private static double since(long startNanos) {
        return (System.nanoTime() - startNanos) / SECOND_NANOS;
    }

    /** Old consumers have no targets; they are there to compare with. */
    private Goal target(String figure, double must, double goal) {
        return plan.isCompat() ? Goal.none(figure) : Goal.atMost(figure, must, goal);
    }

    private void add(Goal goal, double value) {
        card.add(goal, side, value);
        progress.printf(Locale.ROOT, "%s, %s: %.2f%n", side.label(), goal.figure(), value);
        progress.flush();
    }
}
