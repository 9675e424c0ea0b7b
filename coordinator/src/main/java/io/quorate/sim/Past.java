package io.quorate.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A history of transactions: the last one, and the history before it. Never changes, so that snapshots, copies and logs share
 * what they have in common, and a shorter one is found by going back.
 */
final class Past {

    static final Past EMPTY = new Past(null, null);

    private final SimDisk.Entry last;
    private final Past before;

    private Past(SimDisk.Entry last, Past before) {
        this.last = last;
        this.before = before;
    }

    /** The zxid of the last transaction, 0 for none. */
    long zxid() {
        return last == null ? 0 : last.zxid();
    }

    Past with(SimDisk.Entry next) {
        return new Past(next, this);
    }

    /** Without what is behind {@code zxid}. */
    Past upTo(long zxid) {
        Past past = this;
        while (past.last != null && past.zxid() > zxid) {
            past = past.before;
        }
        return past;
    }

    /** The transactions behind {@code zxid}, oldest first. */
    Iterable<SimDisk.Entry> behind(long zxid) {
        Deque<SimDisk.Entry> entries = new ArrayDeque<>();
        for (Past past = this; past.last != null && past.zxid() > zxid; past = past.before) {
            entries.addFirst(past.last);
        }
        return entries;
    }
}
