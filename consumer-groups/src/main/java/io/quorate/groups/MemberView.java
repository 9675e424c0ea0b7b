package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupMode;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be known of a member at a moment. Immutable.
 *
 * @param id member id; null before it has one
 * @param mode how its group works
 * @param generation of its target; 0 in compat mode
 * @param isLeader whether it leads the group
 * @param isMember whether it is registered and not fenced
 * @param owned what its host may process
 */
public record MemberView(
        String id,
        GroupMode mode,
        int generation,
        boolean isLeader,
        boolean isMember,
        SortedSet<TopicPartition> owned) {
    static final MemberView NONE =
            new MemberView(null, GroupMode.COMPAT, 0, false, false, Collections.emptySortedSet());

    public MemberView {
        owned = Collections.unmodifiableSortedSet(new TreeSet<>(owned));
    }
}
