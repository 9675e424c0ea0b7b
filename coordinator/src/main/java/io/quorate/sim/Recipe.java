package io.quorate.sim;

import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.Members;
import io.quorate.coordinator.zab.ZabSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run is made of, drawn from its seed: the ensemble, its settings, its network and disks, its clients. Times in
 * milliseconds, unless they say otherwise.
 *
 * @param keepClientsMillis how long clients stay connected without a leader; 0 for not at all
 * @param codecs requests and answers of clients pass through the production codecs
 * @param faultsPerSecond how often something goes wrong, while things go wrong
 * @param epochWaitMillis after so long a leader gives up whose voters look for another; −1 for never
 */
record Recipe(
        Members members,
        int tickMillis,
        int initLimit,
        int syncLimit,
        int window,
        long windowBytes,
        boolean forceSnapshot,
        long counterMax,
        int snapshotEvery,
        int keepClientsMillis,
        long networkLeastMicros,
        long networkMostMicros,
        long syncLeastMicros,
        long syncMostMicros,
        int clients,
        int pipeline,
        long thinkMicros,
        boolean codecs,
        double faultsPerSecond,
        long stormMicros,
        int storms,
        int epochWaitMillis) {

    private static final int ENTRY_BYTES_MAX = 64 * 1024;
    private static final int IN_FLIGHT_MAX = 64;
    private static final long COUNTER_MAX = 0xffff_fffeL;
    /** So many counters a leader keeps in reserve. */
    private static final long COUNTER_RESERVE = 4096;

    private static final int CONTAINER_CHECK_MILLIS = 2000;
    private static final int CONTAINERS_PER_MINUTE = 600;
    private static final int NOTIFICATION_MILLIS_MAX = 1600;

    static Recipe of(Chance chance) {
        int tick = chance.between(50, 400);
        long fast = chance.between(50, 1000);
        long sync = chance.in(0.2) ? chance.between(1000, 30_000) : chance.between(50, 1000);
        return new Recipe(
                members(chance),
                tick,
                chance.between(5, 12),
                chance.between(3, 8),
                chance.in(0.5) ? chance.between(1, 20) : 500,
                chance.in(0.5) ? 0 : 1 << 20,
                chance.in(0.05),
                chance.in(0.2) ? COUNTER_RESERVE + chance.between(20, 200) : COUNTER_MAX,
                chance.in(0.3) ? 0 : chance.between(5, 200),
                chance.in(0.2) ? 0 : chance.between(tick / 2, 4 * tick),
                fast,
                fast + chance.between(0, 5000),
                sync,
                sync + chance.between(0, 4 * sync),
                chance.between(2, 6),
                chance.between(1, 12),
                chance.between(15, 250) * Scheduler.MILLI,
                chance.in(0.5),
                chance.between(5, 40) / 10.0,
                chance.between(3, 10) * Scheduler.SECOND,
                chance.between(1, 2),
                -1);
    }

    private static Members members(Chance chance) {
        int voters = chance.oneOf(List.of(3, 3, 3, 3, 5, 5, 5, 7));
        int observers = chance.in(0.3) ? chance.between(1, 2) : 0;
        boolean hierarchical = voters > 3 && chance.in(0.25);
        Map<Long, Long> groups = new HashMap<>();
        Map<Long, Long> weights = new HashMap<>();
        if (hierarchical) {
            for (long sid = 1; sid <= voters; sid++) {
                groups.put(sid, 1 + sid % 3);
                if (chance.in(0.2)) {
                    weights.put(sid, (long) chance.between(0, 2));
                }
            }
        }
        Members members = members(voters, observers, groups, weights);
        return members.isQuorum(Map.copyOf(numbers(members.voters())).keySet()) && canLose(members)
                ? members
                : members(voters, observers, Map.of(), Map.of());
    }

    private static Map<Long, Long> numbers(List<Long> sids) {
        Map<Long, Long> all = new HashMap<>();
        sids.forEach(sid -> all.put(sid, sid));
        return all;
    }

    /** True if the ensemble goes on without any one server, so that a run is worth its time. */
    private static boolean canLose(Members members) {
        for (long lost : members.voters()) {
            Map<Long, Long> rest = numbers(members.voters());
            rest.remove(lost);
            if (!members.isQuorum(rest.keySet()) || rest.keySet().stream().noneMatch(sid -> members.weight(sid) > 0)) {
                return false;
            }
        }
        return true;
    }

    /** Servers 1 to {@code voters}, and observers behind them. */
    static Members members(int voters, int observers, Map<Long, Long> groups, Map<Long, Long> weights) {
        List<Long> voting = new ArrayList<>();
        List<Long> observing = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (long sid = 1; sid <= voters + observers; sid++) {
            boolean votes = sid <= voters;
            (votes ? voting : observing).add(sid);
            text.append("server.%d=sim%d:2888:3888:%s%n"
                    .formatted(sid, sid, votes ? "participant" : "observer")
                    .replace("\r", ""));
        }
        return new Members(voting, observing, groups, weights, text + "version=0");
    }

    ZabSettings zab(long sid) {
        return new ZabSettings(
                sid,
                members,
                tickMillis,
                initLimit,
                syncLimit,
                Math.max(20, tickMillis / 4),
                NOTIFICATION_MILLIS_MAX,
                window,
                windowBytes,
                1 << 20,
                forceSnapshot,
                counterMax,
                epochWaitMillis);
    }

    CoreSettings core(long sid) {
        return new CoreSettings(
                (int) sid,
                tickMillis,
                2 * tickMillis,
                40 * tickMillis,
                IN_FLIGHT_MAX,
                ENTRY_BYTES_MAX,
                true,
                true,
                OpSettings.DEFAULT,
                new CoreSettings.Containers(CONTAINER_CHECK_MILLIS, CONTAINERS_PER_MINUTE, 0),
                new CoreSettings.Snapshots(snapshotEvery, 0, Long.MAX_VALUE));
    }
}
