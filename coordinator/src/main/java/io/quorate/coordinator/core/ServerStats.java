package io.quorate.coordinator.core;

import java.util.ArrayDeque;
import java.util.Deque;

/** What the core counts for the operator. The core's thread alone. */
public final class ServerStats {

    private static final int DIGESTS_MAX = 1024;

    /** A tree digest as it was at a zxid. */
    public record RecordedDigest(long zxid, long digest) {}

    private final Latency latency = new Latency();
    private final Percentiles reads = new Percentiles();
    private final Percentiles updates = new Percentiles();
    private final Deque<RecordedDigest> digests = new ArrayDeque<>();
    long requests;
    long authFailures;
    long writesRefusedForSpace;
    long digestMismatches;
    long sessionsExpired;
    private int proposalLast = -1;
    private int proposalMin = -1;
    private int proposalMax = -1;

    /** From taking a read to answering it. */
    public Percentiles reads() {
        return reads;
    }

    /** From taking a write to answering it. */
    public Percentiles updates() {
        return updates;
    }

    /** Proofs of identity that were refused. */
    public long authFailures() {
        return authFailures;
    }

    public Latency latency() {
        return latency;
    }

    /** Requests that clients sent since the start or the last reset. */
    public long requests() {
        return requests;
    }

    public long writesRefusedForSpace() {
        return writesRefusedForSpace;
    }

    public long digestMismatches() {
        return digestMismatches;
    }

    public long sessionsExpired() {
        return sessionsExpired;
    }

    /** The last recorded tree digests, oldest first (semantics 13). */
    public Iterable<RecordedDigest> digests() {
        return digests;
    }

    /** Bytes of the last proposal of this server, −1 before the first. */
    public int proposalLast() {
        return proposalLast;
    }

    /** Bytes of the smallest proposal, −1 before the first. */
    public int proposalMin() {
        return proposalMin;
    }

    /** Bytes of the largest proposal, −1 before the first. */
    public int proposalMax() {
        return proposalMax;
    }

    void proposed(int bytes) {
        proposalLast = bytes;
        proposalMax = Math.max(proposalMax, bytes);
        if (bytes < proposalMin || proposalMin < 0) {
            proposalMin = bytes;
        }
    }

    void record(long zxid, long digest) {
        if (digests.size() == DIGESTS_MAX) {
            digests.poll();
        }
        digests.add(new RecordedDigest(zxid, digest));
    }

    void reset() {
        latency.reset();
        reads.reset();
        updates.reset();
        requests = 0;
        proposalLast = -1;
        proposalMin = -1;
        proposalMax = -1;
    }
}
