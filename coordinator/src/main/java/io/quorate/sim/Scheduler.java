package io.quorate.sim;

import java.util.PriorityQueue;

/** Virtual time in microseconds, and what happens when. What is due at the same time happens in the order it was given. */
public final class Scheduler {

    /** Microseconds in a millisecond. */
    public static final long MILLI = 1000;

    /** Microseconds in a second. */
    public static final long SECOND = 1000 * MILLI;

    private record Due(long micros, long number, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(micros, other.micros);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowMicros;
    private long number;

    public long nowMicros() {
        return nowMicros;
    }

    /** How many actions were ordered so far. */
    public long ordered() {
        return number;
    }

    /** Orders an action for this time, or for now if that is past. */
    public void at(long micros, Runnable action) {
        queue.add(new Due(Math.max(micros, nowMicros), number++, action));
    }

    public void after(long delayMicros, Runnable action) {
        at(nowMicros + delayMicros, action);
    }

    /** Lets the next thing happen if it is due by then; false if nothing is, and it is then. */
    public boolean step(long untilMicros) {
        Due next = queue.peek();
        if (next == null || next.micros > untilMicros) {
            nowMicros = Math.max(nowMicros, untilMicros);
            return false;
        }
        queue.poll();
        nowMicros = next.micros;
        next.action.run();
        return true;
    }
}
