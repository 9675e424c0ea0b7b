package io.quorate.sim;

import java.util.Arrays;

/** Virtual time in microseconds, and what happens when. What is due at the same time happens in the order it was given. */
public final class Scheduler {

    /** Microseconds in a millisecond. */
    public static final long MILLI = 1000;

    /** Microseconds in a second. */
    public static final long SECOND = 1000 * MILLI;

    // A binary heap in three arrays: every step of a run orders and takes, and objects that compare themselves cost more.
    private long[] dueMicros = new long[1024];
    private long[] numbers = new long[1024];
    private Runnable[] actions = new Runnable[1024];
    private int size;
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
        if (size == actions.length) {
            dueMicros = Arrays.copyOf(dueMicros, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            actions = Arrays.copyOf(actions, 2 * size);
        }
        rise(size++, Math.max(micros, nowMicros), number++, action);
    }

    public void after(long delayMicros, Runnable action) {
        at(nowMicros + delayMicros, action);
    }

    /** Lets the next thing happen if it is due by then; false if nothing is, and it is then. */
    public boolean step(long untilMicros) {
        if (size == 0 || dueMicros[0] > untilMicros) {
            nowMicros = Math.max(nowMicros, untilMicros);
            return false;
        }
        nowMicros = dueMicros[0];
        Runnable action = actions[0];
        size--;
        sink(dueMicros[size], numbers[size], actions[size]);
        actions[size] = null;
        action.run();
        return true;
    }

    private void rise(int from, long micros, long given, Runnable action) {
        int place = from;
        int parent = (place - 1) >> 1;
        while (place > 0 && isBefore(micros, given, parent)) {
            move(parent, place);
            place = parent;
            parent = (place - 1) >> 1;
        }
        put(place, micros, given, action);
    }

    private void sink(long micros, long given, Runnable action) {
        int place = 0;
        int child = 1;
        while (child < size) {
            int right = child + 1;
            int first = right < size && isBefore(dueMicros[right], numbers[right], child) ? right : child;
            if (isBefore(micros, given, first)) {
                break;
            }
            move(first, place);
            place = first;
            child = 2 * place + 1;
        }
        put(place, micros, given, action);
    }

    private boolean isBefore(long micros, long given, int place) {
        return micros < dueMicros[place] || (micros == dueMicros[place] && given < numbers[place]);
    }

    private void move(int from, int to) {
        put(to, dueMicros[from], numbers[from], actions[from]);
    }

    private void put(int place, long micros, long given, Runnable action) {
        dueMicros[place] = micros;
        numbers[place] = given;
        actions[place] = action;
    }
}
