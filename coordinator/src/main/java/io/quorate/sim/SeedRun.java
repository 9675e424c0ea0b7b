package io.quorate.sim;

import io.quorate.coordinator.core.Event;
import io.quorate.sim.check.Violation;

/** One seed, from an empty ensemble to its end: storms, and after each a calm in which all must come right. */
public final class SeedRun {

    private static final long CALM_MICROS_MAX = 120 * Scheduler.SECOND;
    private static final long CALM_STEP_MICROS = 200 * Scheduler.MILLI;

    private final long seed;
    private final Cluster cluster;
    private final Faults faults;

    private SeedRun(long seed, Plant plant, boolean keepStory) {
        this.seed = seed;
        Chance chance = new Chance(seed);
        this.cluster = new Cluster(chance, Recipe.of(chance), plant, keepStory);
        this.faults = new Faults(cluster);
    }

    /**
     * Runs a seed.
     *
     * @param plant a defect, or {@link Plant#NONE}; for this run alone
     * @param keepStory whether the result shall hold the story
     */
    public static SeedResult run(long seed, Plant plant, boolean keepStory) {
        SeedRun run = new SeedRun(seed, plant, keepStory);
        Throwable violation = null;
        try {
            run.live();
        } catch (Violation e) {
            violation = e;
        } catch (RuntimeException | AssertionError e) {
            violation = new Violation("the simulator itself fails: " + e, e);
        }
        return run.result(violation);
    }

    private SeedResult result(Throwable violation) {
        if (violation != null && violation.getCause() != null) {
            for (StackTraceElement frame : violation.getCause().getStackTrace()) {
                cluster.story().tell("", () -> "  at " + frame);
            }
        }
        return new SeedResult(
                seed,
                violation,
                cluster.story().hash(),
                cluster.time().nowMicros(),
                cluster.clients().stream().mapToLong(SimClient::answers).sum(),
                cluster.committed(),
                faults.count(),
                cluster.epochsLed(),
                cluster.story().lines());
    }

    private void live() {
        Recipe recipe = cluster.recipe();
        cluster.story().tell("", () -> "seed " + seed + ": " + recipe);
        for (SimServer server : cluster.servers()) {
            cluster.time().after(cluster.chance().between(0, Scheduler.SECOND), server::start);
        }
        cluster.clients().forEach(SimClient::start);
        cluster.pass(cluster.chance().between(Scheduler.SECOND, 3 * Scheduler.SECOND));
        for (int i = 0; i < recipe.storms(); i++) {
            faults.begin();
            cluster.pass(recipe.stormMicros());
            faults.end();
            calm();
        }
    }

    /** All must serve; then clients pause, all must become equal, and the ensemble must still take a write. */
    private void calm() {
        await("all servers serve", faults::isAllServing);
        cluster.pass(cluster.chance().between(0, 2 * Scheduler.SECOND));
        cluster.clients().forEach(client -> client.quiet(true));
        await("every client has a session", () -> cluster.clients().stream().allMatch(SimClient::isConnected));
        long before = cluster.lastCommitted();
        await("a write is committed", () -> {
            cluster.clients().forEach(SimClient::probe);
            return cluster.lastCommitted() > before;
        });
        await("all servers are equal", this::isSettled);
        compare();
        cluster.clients().forEach(client -> client.quiet(false));
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        long until = cluster.time().nowMicros() + CALM_MICROS_MAX;
        while (!condition.holds()) {
            if (cluster.time().nowMicros() > until) {
                throw cluster.failure("in the calm it never came about that " + what);
            }
            cluster.pass(CALM_STEP_MICROS);
        }
    }

    private boolean isSettled() {
        boolean idle = cluster.clients().stream().allMatch(client -> client.isConnected() && client.isIdle());
        return idle
                && faults.isAllServing()
                && cluster.servers().stream()
                        .allMatch(server -> server.process().observer().delivered() == cluster.lastCommitted());
    }

    private void compare() {
        String first = null;
        for (SimServer server : cluster.servers()) {
            long zxid = server.process().observer().delivered();
            cluster.check().tell(check -> check.settled(server.sid(), zxid));
            StateText text = new StateText();
            server.process().deliver(new Event.Inspect(text::read));
            if (first == null) {
                first = text.toString();
            } else if (!text.toString().equals(first)) {
                throw cluster.failure("servers 1 and " + server.sid() + " differ after " + Story.number(zxid) + ":\n"
                        + StateText.difference(first, text.toString()));
            }
        }
    }

    /** How to run one seed again, with its story. */
    public static String replay(long seed) {
        return "quorate sim --seeds 1 --from " + seed + " --trace";
    }
}
