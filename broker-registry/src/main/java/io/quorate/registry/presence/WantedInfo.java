package io.quorate.registry.presence;

import io.quorate.registry.model.BrokerInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a broker wants to be written about itself, what is known to be written, and who waits for that. Each thing it says has a
 * number, so that an answer to an older write is not taken for one to the newest.
 */
final class WantedInfo {
    private record Waiter(long number, Consumer<String> done) {}

    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private BrokerInfo info;
    private long number;
    private long written = -1;
    private String end;

    WantedInfo(BrokerInfo info) {
        this.info = info;
    }

    BrokerInfo info() {
        return info;
    }

    /** The number of what is wanted now. */
    long number() {
        return number;
    }

    /** Something else is wanted; {@code done} gets null when that, or what came after it, is written, or why it never is. */
    void want(BrokerInfo changed, Consumer<String> done) {
        if (end != null) {
            done.accept(end);
            return;
        }
        info = changed;
        number++;
        waiting.add(new Waiter(number, done));
    }

    /** The node is there, with what was wanted under this number; it may be an older one. */
    void written(long confirmed) {
        written = confirmed;
        while (!waiting.isEmpty() && waiting.peek().number() <= confirmed) {
            waiting.poll().done().accept(null);
        }
    }

    /** The node of this session does not exist yet, or nobody knows what is in it. */
    void unknown() {
        written = -1;
    }

    boolean isWritten() {
        return written == number;
    }

    /** What was wanted until now is not written, and not tried again. */
    void refused(String reason) {
        written = number;
        while (!waiting.isEmpty()) {
            waiting.poll().done().accept(reason);
        }
    }

    /** Nothing is written any more. */
    void close(String reason) {
        end = reason;
        refused(reason);
    }
}
