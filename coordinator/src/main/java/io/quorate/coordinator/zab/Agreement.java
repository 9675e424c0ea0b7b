package io.quorate.coordinator.zab;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What a quorum of voters has on disk, as their leader knows it. */
final class Agreement {

    private final Leading leading;
    private final History history;
    private final Members members;
    private final long self;
    private final long[] acks;

    Agreement(Leading leading, Zab zab) {
        this.leading = leading;
        this.history = zab.history();
        this.members = zab.settings().members();
        this.self = zab.settings().sid();
        this.acks = new long[members.voters().size()];
    }

    /** The newest zxid that a quorum has on disk. Acknowledgements are cumulative: they come in order on each link. */
    long newest() {
        int count = 0;
        for (long voter : members.voters()) {
            acks[count++] = ackOf(voter);
        }
        if (members.groups().isEmpty()) {
            Arrays.sort(acks);
            return acks[(count - 1) / 2];
        }
        long[] newestFirst = acks.clone();
        Arrays.sort(newestFirst);
        for (int i = count - 1; i >= 0; i--) {
            long zxid = newestFirst[i];
            Set<Long> have = new HashSet<>();
            members.voters().stream().filter(voter -> ackOf(voter) >= zxid).forEach(have::add);
            if (members.isQuorum(have)) {
                return zxid;
            }
        }
        return -1;
    }

    private long ackOf(long voter) {
        if (voter == self) {
            return history.flushed();
        }
        Handler handler = leading.synced(voter);
        return handler == null ? -1 : handler.acked;
    }
}
