package io.quorate.groups.rebalance;

import java.util.EnumMap;
import java.util.Map;

/** What is to be done later, by name; setting one again moves it. Time is what the last event said. */
final class Timers {
    /** What can be waited for. */
    enum Timer {
        FENCE,
        LIVENESS,
        MEMBER_ROUND,
        MEMBER_RECHECK,
        REVOKE,
        COMMIT,
        COMMIT_RETRY,
        JOIN_RETRY,
        MODE_RETRY,
        LEADER_ROUND,
        LEADER_RETRY,
        STATIC_GRACE,
        STUCK_AUDIT,
        GONE_TOPICS,
        UNWATCH,
        ELECTION_RETRY,
        UPGRADE
    }

    private record Due(long at, Runnable action) {}

    private final Map<Timer, Due> waiting = new EnumMap<>(Timer.class);
    private long now;

    long now() {
        return now;
    }

    void at(Timer timer, long millis, Runnable action) {
        waiting.put(timer, new Due(millis, action));
    }

    void in(Timer timer, long millis, Runnable action) {
        at(timer, now + millis, action);
    }

    /** As {@link #in}, unless it would come earlier anyway. */
    void within(Timer timer, long millis, Runnable action) {
        if (!isSet(timer) || waiting.get(timer).at() > now + millis) {
            in(timer, millis, action);
        }
    }

    boolean isSet(Timer timer) {
        return waiting.containsKey(timer);
    }

    void cancel(Timer timer) {
        waiting.remove(timer);
    }

    void cancelAll() {
        waiting.clear();
    }

    /** Moves time on, and does nothing else yet. */
    void set(long millis) {
        now = Math.max(now, millis);
    }

    void runDue() {
        for (Timer each : Timer.values()) {
            Due due = waiting.get(each);
            if (due != null && due.at() <= now) {
                waiting.remove(each);
                due.action().run();
            }
        }
    }

    /** When something is due next; {@link Long#MAX_VALUE} for never. */
    long next() {
        return waiting.values().stream().mapToLong(Due::at).min().orElse(Long.MAX_VALUE);
    }
}
