package io.quorate.sim.plant;

import io.quorate.sim.Plant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The table of defects. */
public final class Plants {

    private static final Map<String, Supplier<Plant>> ALL = table();

    private Plants() {}

    private static Map<String, Supplier<Plant>> table() {
        Map<String, Supplier<Plant>> all = new LinkedHashMap<>();
        all.put("ack-before-flush", AckBeforeFlush::new);
        all.put("sync-does-nothing", SyncDoesNothing::new);
        all.put("current-epoch-late", CurrentEpochLate::new);
        all.put("accepted-epoch-lost", AcceptedEpochLost::new);
        all.put("commits-swapped", CommitsSwapped::new);
        all.put("trunc-skipped", TruncSkipped::new);
        all.put("stale-votes", StaleVotes::new);
        all.put("sync-answered-here", SyncAnsweredHere::new);
        all.put("newleader-ack-early", NewLeaderAckEarly::new);
        all.put("close-answered-here", CloseAnsweredHere::new);
        all.put("uptodate-misses-commits", UpToDateMissesCommits::new);
        all.put("proposals-skip-joining", ProposalsSkipJoining::new);
        all.put("serves-before-uptodate", ServesBeforeUpToDate::new);
        all.put("snap-loses-sessions", SnapLosesSessions::new);
        all.put("commit-without-quorum", CommitWithoutQuorum::new);
        all.put("diff-has-gap", DiffHasGap::new);
        all.put("watch-lost", WatchLost::new);
        all.put("watch-late", WatchLate::new);
        all.put("replies-swapped", RepliesSwapped::new);
        all.put("resubmitted-twice", ResubmittedTwice::new);
        return all;
    }

    /** What they are called. */
    public static List<String> names() {
        return new ArrayList<>(ALL.keySet());
    }

    /** The defect of this name, for one run. */
    public static Plant make(String name) {
        return ALL.get(name).get();
    }
}
