package io.quorate.groups.read;

import io.quorate.groups.layout.Generation;
import io.quorate.groups.layout.GroupMode;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the tree says about one group. All of it was read at or after {@link #zxid}, not at one moment.
 *
 * @param group its name
 * @param mode how it works; COMPAT for groups of old consumers
 * @param state as operators see it
 * @param generation the leader's last decision; {@link Generation#NONE} if there never was one
 * @param members by id
 * @param partitions of all topics that are subscribed, owned or have offsets, by topic and number
 * @param zxid up to where the server had come when reading began
 */
public record GroupFacts(
        String group,
        GroupMode mode,
        GroupState state,
        Generation generation,
        List<MemberFacts> members,
        List<PartitionFacts> partitions,
        long zxid) {

    /** How many topics the partitions belong to. */
    public int topics() {
        return (int) partitions.stream()
                .map(each -> each.partition().topic())
                .distinct()
                .count();
    }

    /** Sum of all lags; empty if none is known. Those that are not known count as nothing. */
    public OptionalLong lag() {
        long[] known = partitions.stream()
                .map(PartitionFacts::lag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray();
        return known.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(java.util.Arrays.stream(known).sum());
    }
}
