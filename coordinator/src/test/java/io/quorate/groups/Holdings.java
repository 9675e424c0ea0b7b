package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How long members of ours have held what the old protocol gives to others: an old consumer that gives up has a reason to
 * complain of us only if it waited for one of those for too long (consumer-groups D5, 7). Looked at again and again; each change
 * of the members begins anew, as everybody computes anew.
 */
final class Holdings {
    /** Between two looks the machine stood still, if it takes longer. */
    private static final long STALL_MILLIS = 1_000;

    /**
     * A member of ours had a partition that was another's.
     *
     * @param fromMillis when that was seen first
     * @param untilMillis when it was seen last
     * @param stalledMillis how much of that nobody ran
     */
    record Held(TopicPartition partition, String member, long fromMillis, long untilMillis, long stalledMillis) {
        long millis() {
            return untilMillis - fromMillis - stalledMillis;
        }

        private Held until(long millis) {
            long gap = millis - untilMillis;
            return new Held(partition, member, fromMillis, millis, stalledMillis + (gap > STALL_MILLIS ? gap : 0));
        }
    }

    private final Map<TopicPartition, Held> current = new HashMap<>();
    private final List<Held> all = new ArrayList<>();
    private Set<String> members = Set.of();
    private final TreeSet<Long> changes = new TreeSet<>(Set.of(0L));

    /**
     * Looks.
     *
     * @param registered all members
     * @param owners partition to the member that has it
     * @param due partition to the member that should have it, when all members know of each other
     * @param ours those of the members that can be blamed
     */
    void look(
            long nowMillis,
            Set<String> registered,
            Map<TopicPartition, String> owners,
            Map<TopicPartition, String> due,
            Set<String> ours) {
        if (!registered.equals(members)) {
            members = new TreeSet<>(registered);
            changes.add(nowMillis);
            end();
        }
        current.values().removeIf(held -> {
            boolean isOver = !held.member().equals(owners.get(held.partition()))
                    || held.member().equals(due.get(held.partition()));
            return isOver && all.add(held);
        });
        owners.forEach((partition, member) -> {
            if (ours.contains(member) && !member.equals(due.get(partition))) {
                current.merge(
                        partition,
                        new Held(partition, member, nowMillis, nowMillis, 0),
                        (before, now) -> before.until(nowMillis));
            }
        });
    }

    private void end() {
        all.addAll(current.values());
        current.clear();
    }

    /** When the members were seen to have changed for the last time. */
    long changedMillis() {
        return changes.last();
    }

    /** When that was, at that time. */
    long changedBefore(long millis) {
        return changes.floor(millis);
    }

    /** What was held in that time, longest first. */
    List<Held> between(long fromMillis, long untilMillis) {
        List<Held> found = new ArrayList<>(all);
        found.addAll(current.values());
        found.removeIf(held -> held.untilMillis() < fromMillis || held.fromMillis() > untilMillis);
        found.sort((one, other) -> Long.compare(other.millis(), one.millis()));
        return found;
    }
}
