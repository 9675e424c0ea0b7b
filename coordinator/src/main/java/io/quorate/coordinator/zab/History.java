package io.quorate.coordinator.zab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The transactions of this server: those applied to its state, and behind them the tail of those logged but not known to be
 * committed. It outlives the roles.
 *
 * <pre>
 *   snapshot … log … | applied: the last of them in the window | tail |
 *                    ^ base                                    ^      ^ lastLogged
 *                                                              lastApplied
 * </pre>
 */
final class History {

    private final Service service;
    private final LogOut log;
    private final CommittedWindow window;
    private final Deque<Proposal> tail = new ArrayDeque<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long lastLogged;
    private long lastApplied;
    private long flushed;

    /** Where the log ends once all that was ordered is carried out. */
    private long logEnd;

    private int cutsPending;
    private boolean storing;
    private boolean memoryDiffers;

    History(Service service, LogOut log, CommittedWindow window) {
        this.service = service;
        this.log = log;
        this.window = window;
    }

    /** A transaction that recovery replayed, in order. */
    void replayed(Proposal transaction) {
        if (lastApplied == 0 && window.base() == 0) {
            window.restart(transaction.zxid() - 1);
        }
        window.add(transaction);
        lastApplied = transaction.zxid();
    }

    /** The state is what the disk has: all of it up to this transaction, which is durable. */
    void recovered(long zxid) {
        if (window.max() != zxid) {
            window.restart(zxid);
        }
        tail.clear();
        lastLogged = zxid;
        lastApplied = zxid;
        flushed = zxid;
        logEnd = zxid;
        memoryDiffers = false;
    }

    boolean hasRoom(int entryBytes) {
        return log.hasRoom(entryBytes);
    }

    /** Orders a transaction to be logged; it waits in the tail for its commit. */
    void append(Proposal proposal) {
        view.wrap(proposal.entry());
        append(proposal, view, 0, proposal.entry().length);
    }

    void append(Proposal proposal, DirectBuffer entry, int offset, int length) {
        if (proposal.zxid() <= lastLogged) {
            throw new IllegalStateException("zxid 0x%x after 0x%x".formatted(proposal.zxid(), lastLogged));
        }
        lastLogged = proposal.zxid();
        logEnd = lastLogged;
        tail.add(proposal);
        log.append(proposal.zxid(), entry, offset, length);
    }

    /** Applies the oldest transaction of the tail. */
    void commitOldest() {
        Proposal proposal = tail.remove();
        lastApplied = proposal.zxid();
        window.add(proposal);
        service.apply(proposal.zxid(), proposal.entry());
    }

    /** The tail belongs to the leader's history: applies all of it. */
    void applyTail() {
        while (!tail.isEmpty()) {
            commitOldest();
        }
    }

    /**
     * Orders everything behind this transaction to be void. Returns true if the state holds some of it and must be rebuilt
     * once the log is cut.
     */
    boolean cut(long zxid) {
        while (!tail.isEmpty() && tail.peekLast().zxid() > zxid) {
            tail.pollLast();
        }
        window.cut(zxid);
        boolean stateIsAhead = lastApplied > zxid;
        memoryDiffers |= stateIsAhead;
        lastLogged =
                tail.isEmpty() ? Math.min(lastApplied, zxid) : tail.peekLast().zxid();
        logEnd = Math.min(logEnd, zxid);
        cutsPending++;
        log.voidAfter(zxid);
        return stateIsAhead;
    }

    /** A copy of the leader's state takes the place of this one; until it is stored, memory and disk are two things. */
    void beginCopy() {
        memoryDiffers = true;
        tail.clear();
        service.beginLoad();
    }

    void store() {
        storing = true;
        service.storeSnapshot();
    }

    void onStored() {
        storing = false;
    }

    /** The copy is on disk: the log starts anew behind it. */
    void restart(long zxid) {
        logEnd = zxid;
        cutsPending++;
        log.restartAt(zxid);
    }

    /** The log was cut at this transaction. */
    void onCut(long zxid) {
        cutsPending--;
        flushed = zxid;
    }

    /** Memory and disk are one again, at this transaction. */
    void copied(long zxid) {
        window.restart(zxid);
        recovered(zxid);
    }

    void onFlushed(long zxid) {
        flushed = Math.max(flushed, zxid);
    }

    /** Everything that was ordered of the disk came back: it can be read again, if memory differs from it. */
    boolean isSettled() {
        return cutsPending == 0 && !storing && (!memoryDiffers || flushed >= logEnd);
    }

    /** True while the state in memory is not what the disk would give. */
    boolean memoryDiffers() {
        return memoryDiffers;
    }

    /**
     * Rebuilds the state from disk, up to this transaction. A snapshot may be ahead of the log, when the copy of a leader's
     * state was stored and its role ended then: the log must begin anew behind it, or it would have a gap there that later
     * recoveries do not see.
     */
    void reload(long upTo) {
        long end = logEnd;
        service.reload(upTo);
        recovered(service.lastApplied());
        if (lastApplied > end) {
            restart(lastApplied);
        }
    }

    long lastLogged() {
        return lastLogged;
    }

    long lastApplied() {
        return lastApplied;
    }

    long flushed() {
        return flushed;
    }

    /** The oldest transaction that is not committed, or −1. */
    long oldestUncommitted() {
        return tail.isEmpty() ? -1 : tail.peek().zxid();
    }

    Proposal oldest() {
        return tail.peek();
    }

    int uncommitted() {
        return tail.size();
    }

    Iterator<Proposal> tail() {
        return tail.iterator();
    }

    CommittedWindow window() {
        return window;
    }
}
