package io.quorate.ensemble;

import io.quorate.history.Kind;
import io.quorate.history.Operation;
import io.quorate.history.SessionHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * The times in which a deposed leader may not know yet that it is one, since it stood still or was cut off. Until it does, its
 * clients may see an old state even behind a sync (quorum protocol specification, section 14.3).
 */
final class Pauses {

    private record Pause(long fromNanos, long toNanos) {}

    private final List<Pause> pauses = new ArrayList<>();

    void add(long fromNanos, long toNanos) {
        pauses.add(new Pause(fromNanos, toNanos));
    }

    /** The same history, with the fresh reads of those times as mere reads. */
    SessionHistory relax(SessionHistory history) {
        return history.map(operation -> isWithin(operation) ? operation.as(Kind.READ) : operation);
    }

    private boolean isWithin(Operation operation) {
        return operation.kind() == Kind.FRESH_READ
                && pauses.stream()
                        .anyMatch(pause -> operation.invokedNanos() < pause.toNanos()
                                && operation.returnedNanos() > pause.fromNanos());
    }
}
