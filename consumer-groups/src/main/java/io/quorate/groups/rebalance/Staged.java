package io.quorate.groups.rebalance;

import java.util.ArrayList;
import java.util.List;

/** The newest offset of one partition that is to be written, and the commits that wait for it. */
final class Staged {
    /** A commit that the host waits for: done when all of its offsets are, failed with the first of them. */
    static final class Waiting {
        private final long id;
        private int left;
        private boolean over;

        Waiting(long id, int offsets) {
            this.id = id;
            this.left = offsets;
        }

        /** One of its offsets is written, or will not be for this reason. */
        void settle(String failure, Orders orders) {
            left--;
            if (!over && (left == 0 || failure != null)) {
                over = true;
                orders.committed(id, failure);
            }
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();
    long offset;

    void add(Waiting commit) {
        waiting.add(commit);
    }

    /** It is written, or will not be for this reason. */
    void settle(String failure, Orders orders) {
        waiting.forEach(each -> each.settle(failure, orders));
        waiting.clear();
    }
}
