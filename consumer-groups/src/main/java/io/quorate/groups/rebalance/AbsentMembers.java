package io.quorate.groups.rebalance;

import io.quorate.groups.rebalance.Timers.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Static members that have gone and may come back, for a leader's time: their targets are kept for a while (consumer-groups D4). */
final class AbsentMembers {
    private final Context context;
    private final TargetStore targets;
    private final Runnable awaitedNoMore;
    private final Map<String, Long> since = new HashMap<>();

    /** @param awaitedNoMore is run when somebody has been away for too long */
    AbsentMembers(Context context, TargetStore targets, Runnable awaitedNoMore) {
        this.context = context;
        this.targets = targets;
        this.awaitedNoMore = awaitedNoMore;
    }

    /** Keys of those that have a target and are not there. */
    List<String> among(Survey.Found found) {
        Set<String> alive = Decision.liveMembers(found).keySet();
        return targets.all().entrySet().stream()
                .filter(each -> !each.getValue().member().equals(each.getKey()))
                .filter(each -> !found.isClosed(each.getValue().member()))
                .map(Map.Entry::getKey)
                .filter(key -> !alive.contains(key))
                .toList();
    }

    /** Those of them that have not been away for longer than they may. */
    Set<String> awaited(Survey.Found found) {
        List<String> gone = among(found);
        Set<String> awaited = new HashSet<>();
        long now = context.timers.now();
        long wanted = context.config.timing().staticGrace();
        long grace = wanted < 0 ? context.self.timeoutMillis() : wanted;
        since.keySet().retainAll(gone);
        for (String key : gone) {
            long end = since.computeIfAbsent(key, none -> now) + grace;
            if (now < end) {
                awaited.add(key);
                context.timers.within(Timer.STATIC_GRACE, end - now, awaitedNoMore);
            }
        }
        return awaited;
    }

    void forget() {
        since.clear();
        context.timers.cancel(Timer.STATIC_GRACE);
    }
}
