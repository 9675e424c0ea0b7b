package io.quorate.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who can reach whom, and how long it takes. Sites are servers by their id, and clients by numbers above {@link #CLIENTS}.
 * What is sent over a blocked way is not lost: as with TCP it arrives when the way is free again.
 */
final class Net {

    /** Sites from here on are clients. */
    static final long CLIENTS = 1000;

    private static final int BITS = 20;
    private static final int SLOW_UNIT_BYTES = 1024;

    private final Scheduler time;
    private final Chance chance;
    private final long leastMicros;
    private final long mostMicros;
    private final Set<Long> blocked = new HashSet<>();
    private final Map<Long, Long> slowMicros = new HashMap<>();
    private final Set<Pipe<?>> stalled = new LinkedHashSet<>();

    /** Between two sites it takes so long, unless the way is slow. */
    Net(Scheduler time, Chance chance, long leastMicros, long mostMicros) {
        this.time = time;
        this.chance = chance;
        this.leastMicros = leastMicros;
        this.mostMicros = mostMicros;
    }

    private static long way(long from, long to) {
        return from << BITS | to;
    }

    Scheduler time() {
        return time;
    }

    boolean isBlocked(long from, long to) {
        return blocked.contains(way(from, to));
    }

    /** True if a connection between the two can be made. */
    boolean connects(long one, long other) {
        return !isBlocked(one, other) && !isBlocked(other, one);
    }

    void block(long from, long to) {
        blocked.add(way(from, to));
    }

    void unblock(long from, long to) {
        if (blocked.remove(way(from, to))) {
            resume();
        }
    }

    /** From now on everything on this way takes so much longer; 0 to end that. */
    void slow(long from, long to, long micros) {
        slowMicros.put(way(from, to), micros);
    }

    /** Every way is free and fast. */
    void heal() {
        blocked.clear();
        slowMicros.clear();
        resume();
    }

    private void resume() {
        List<Pipe<?>> all = new ArrayList<>(stalled);
        stalled.clear();
        for (Pipe<?> pipe : all) {
            // What was lost is sent again when a timer of the network stack runs out.
            time.after(chance.between(0, 100 * Scheduler.MILLI), pipe::deliver);
        }
    }

    /** Whoever waits for a way to be free. */
    void stall(Pipe<?> pipe) {
        stalled.add(pipe);
    }

    /** How long the next message takes. Now and then one takes much longer than most. */
    long delayMicros(long from, long to) {
        long usual = chance.between(leastMicros, mostMicros);
        long late = chance.in(0.01) ? chance.between(0, 20 * mostMicros) : 0;
        return usual + late + slowMicros.getOrDefault(way(from, to), 0L);
    }

    /** How long a message keeps a slow way busy. */
    long transmissionMicros(long from, long to, int bytes) {
        return slowMicros.isEmpty() ? 0 : slowMicros.getOrDefault(way(from, to), 0L) * bytes / SLOW_UNIT_BYTES;
    }
}
