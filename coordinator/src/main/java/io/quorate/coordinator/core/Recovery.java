package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.coordinator.tree.Owners;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.txn.TxnEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Puts stored state into a core that does not serve: first a snapshot, part by part, then the transactions behind it. Used by
 * one thread, then thrown away.
 */
public final class Recovery {

    /** What recovery has to say of the digests it compared. */
    public enum DigestCheck {
        /** Nothing to compare with was found. */
        NONE,
        EQUAL,
        DIFFERENT
    }

    /** Who else wants to know what the log holds. */
    interface Replayed {
        void replayed(long zxid, byte[] entry);
    }

    private static final long NO_ZXID = -1;

    private final Applier applier;
    private final SessionTable sessions;
    private final ContainerKeeper containers;
    private final LongConsumer recovered;
    private final Snapshotter snapshotter;
    private final Replayed replayed;
    private final DataTree tree;
    private final JuteReader reader = new JuteReader(Integer.MAX_VALUE);
    private final List<String> ephemerals = new ArrayList<>();

    private long lastZxid;
    private DigestCheck digests = DigestCheck.NONE;
    private long pendingDigestZxid = NO_ZXID;
    private long pendingDigest;

    Recovery(
            Applier applier,
            SessionTable sessions,
            ContainerKeeper containers,
            LongConsumer recovered,
            Snapshotter snapshotter,
            Replayed replayed) {
        this.applier = applier;
        this.sessions = sessions;
        this.containers = containers;
        this.recovered = recovered;
        this.snapshotter = snapshotter;
        this.replayed = replayed;
        this.tree = applier.tree();
    }

    /** Forgets everything, before a snapshot is read or after one turned out to be damaged. */
    public void reset() {
        sessions.clear();
        containers.clear();
        ephemerals.clear();
        tree.reset();
        lastZxid = 0;
        digests = DigestCheck.NONE;
        pendingDigestZxid = NO_ZXID;
    }

    public void session(long id, int timeoutMillis) {
        sessions.create(id, timeoutMillis);
    }

    public void acl(int id, List<Acl> acl) {
        tree.loadAcl(id, acl);
    }

    /** Takes one node; false if its parent was not there before it, or it was. */
    public boolean node(String path, NodeImage image) {
        if (!tree.load(path, image)) {
            return false;
        }
        if (Owners.isEphemeral(image.owner())) {
            ephemerals.add(path);
        }
        applier.own(path, image.owner());
        return true;
    }

    /**
     * The snapshot was read whole.
     *
     * @param zxid the state it holds
     * @param digestZxid where its digest belongs, −1 if it has none
     */
    public void snapshotLoaded(long zxid, long digestZxid, long digest) {
        tree.loaded();
        lastZxid = zxid;
        if (digestZxid == zxid) {
            compare(digest);
        } else if (digestZxid > zxid) {
            pendingDigestZxid = digestZxid;
            pendingDigest = digest;
        }
    }

    /**
     * One transaction of the log, decoded.
     *
     * @param bytes its length in the log
     * @param copy of its bytes, null if nobody wants it
     */
    public record Stored(TxnEntry entry, int bytes, byte[] copy) {}

    /**
     * Decodes one transaction as the log holds it: header, record, and a digest if there is one. Changes nothing, so another
     * thread than the one that replays may run ahead with it; but only one.
     */
    public Stored decode(DirectBuffer entry, int offset, int length) {
        byte[] copy = null;
        if (replayed != null) {
            copy = new byte[length];
            entry.getBytes(offset, copy);
        }
        return new Stored(TxnEntry.read(reader.wrap(entry, offset, length)), length, copy);
    }

    /** Replays one transaction of the log. */
    public void replay(Stored stored) {
        replay(stored.entry());
        snapshotter.count(stored.bytes());
        if (replayed != null) {
            replayed.replayed(lastZxid, stored.copy());
        }
    }

    /** Decodes one transaction of the log, and replays it. */
    public void replay(DirectBuffer entry, int offset, int length) {
        replay(decode(entry, offset, length));
    }

    /** Replays one transaction. */
    public void replay(TxnEntry entry) {
        long zxid = entry.header().zxid();
        Outcome ignored = applier.apply(entry.header(), entry.txn());
        assert ignored != null;
        lastZxid = Math.max(lastZxid, zxid);
        if (pendingDigestZxid >= zxid) {
            if (pendingDigestZxid == zxid) {
                compare(pendingDigest);
            }
        } else if (entry.digest() != null) {
            compare(entry.digest().treeDigest());
        }
    }

    private void compare(long expected) {
        if (!tree.isDigestEnabled()) {
            return;
        }
        boolean equal = expected == tree.digest();
        if (digests != DigestCheck.DIFFERENT) {
            digests = equal ? DigestCheck.EQUAL : DigestCheck.DIFFERENT;
        }
    }

    /** Everything was replayed. Returns what the digests said. */
    public DigestCheck finish() {
        applier.dropOrphans(ephemerals);
        recovered.accept(lastZxid);
        return digests;
    }

    /** A copy of another server's state is whole. Ephemerals without a session stay: the session may follow. */
    void copied(long zxid) {
        snapshotLoaded(zxid, NO_ZXID, 0);
        recovered.accept(zxid);
    }

    /** The last transaction that was recovered. */
    public long lastZxid() {
        return lastZxid;
    }

    public int nodeCount() {
        return tree.nodeCount();
    }

    public int sessionCount() {
        return sessions.size();
    }

    /** Nodes that a session owns. */
    public long ephemeralCount() {
        return sessions.ephemeralCount();
    }

    public long digest() {
        return tree.digest();
    }

    /** Writes the recovered state out as a snapshot, all at once. */
    public void writeSnapshot() {
        snapshotter.begin(lastZxid);
        while (snapshotter.isWalking()) {
            snapshotter.advance();
        }
    }
}
