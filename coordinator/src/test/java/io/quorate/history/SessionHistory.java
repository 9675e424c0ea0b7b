package io.quorate.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What one session asked for, in the order in which it asked. Filled by one thread; others may look when that is done.
 */
public final class SessionHistory {

    private final int number;
    private final long timeoutNanos;
    private final long floorZxid;
    private final List<Operation> operations = new ArrayList<>();

    /**
     * Begins one.
     *
     * @param number names it within its history
     * @param timeoutNanos how long the servers must keep it without hearing of it
     * @param floorZxid the highest zxid that this session was told before; 0 for a new session
     */
    public SessionHistory(int number, long timeoutNanos, long floorZxid) {
        this.number = number;
        this.timeoutNanos = timeoutNanos;
        this.floorZxid = floorZxid;
    }

    /** Its number in the history. */
    public int number() {
        return number;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    long floorZxid() {
        return floorZxid;
    }

    /** Adds what was asked for after all that is there. */
    public void add(Operation operation) {
        operations.add(operation);
    }

    /** The same session with each operation replaced. */
    public SessionHistory map(UnaryOperator<Operation> change) {
        SessionHistory changed = new SessionHistory(number, timeoutNanos, floorZxid);
        operations.stream().map(change).forEach(changed::add);
        return changed;
    }

    /** In the order of the session. */
    public List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }
}
