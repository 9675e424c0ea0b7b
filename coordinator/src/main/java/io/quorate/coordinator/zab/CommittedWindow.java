package io.quorate.coordinator.zab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last committed transactions, from which learners that lag are brought forward (quorum protocol, section 8.1). Without
 * gaps: it holds everything behind {@link #base} up to {@link #max}.
 */
final class CommittedWindow {

    private final Deque<Proposal> transactions = new ArrayDeque<>();
    private final int countMin;
    private final long bytesMax;
    private long bytes;
    private long base;

    /** Keeps {@code countMin} transactions, and more as long as all fit into {@code bytesMax}. */
    CommittedWindow(int countMin, long bytesMax) {
        this.countMin = countMin;
        this.bytesMax = bytesMax;
    }

    /** Starts anew behind this transaction. */
    void restart(long zxid) {
        transactions.clear();
        bytes = 0;
        base = zxid;
    }

    void add(Proposal committed) {
        transactions.add(committed);
        bytes += committed.entry().length;
        while (transactions.size() > countMin && bytes > bytesMax) {
            Proposal oldest = transactions.poll();
            bytes -= oldest.entry().length;
            base = oldest.zxid();
        }
    }

    /** Forgets everything behind this transaction. */
    void cut(long zxid) {
        while (!transactions.isEmpty() && transactions.peekLast().zxid() > zxid) {
            bytes -= transactions.pollLast().entry().length;
        }
        if (base > zxid) {
            base = zxid;
        }
    }

    /** The transaction right before the first one. */
    long base() {
        return base;
    }

    /** The last transaction. */
    long max() {
        return transactions.isEmpty() ? base : transactions.peekLast().zxid();
    }

    /** The last transaction that is not newer than this one, or the base. */
    long floor(long zxid) {
        long floor = base;
        for (Proposal transaction : transactions) {
            if (transaction.zxid() > zxid) {
                return floor;
            }
            floor = transaction.zxid();
        }
        return floor;
    }

    /** Everything newer than this, oldest first. */
    List<Proposal> after(long zxid) {
        List<Proposal> newer = new ArrayList<>();
        for (Iterator<Proposal> each = transactions.descendingIterator(); each.hasNext(); ) {
            Proposal transaction = each.next();
            if (transaction.zxid() <= zxid) {
                break;
            }
            newer.add(transaction);
        }
        Collections.reverse(newer);
        return newer;
    }
}
