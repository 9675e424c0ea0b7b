package io.quorate.libraries;

import io.quorate.groups.assignor.TopicPartition;

/** From when until when a member had a partition, as the servers saw it. */
final class Ownership {
    private final TopicPartition partition;
    private final String member;
    private final String host;
    private final long fromMillis;
    private final long offset;
    private long toMillis = Long.MAX_VALUE;

    /**
     * Begins.
     *
     * @param member id of the member
     * @param host the client name in it
     * @param fromMillis since 1970, by the clock of the servers
     * @param offset what was committed at that moment; 0 for nothing
     */
    Ownership(TopicPartition partition, String member, String host, long fromMillis, long offset) {
        this.partition = partition;
        this.member = member;
        this.host = host;
        this.fromMillis = fromMillis;
        this.offset = offset;
    }

    /** It is over. */
    void end(long millis) {
        toMillis = millis;
    }

    TopicPartition partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /** Name of the host whose member it is. */
    String host() {
        return host;
    }

    /** Whether it lasted at that moment, give or take what clocks may differ by. */
    boolean includes(long millis, long slackMillis) {
        return millis >= fromMillis - slackMillis && (toMillis == Long.MAX_VALUE || millis <= toMillis + slackMillis);
    }

    @Override
    public String toString() {
        return member + " at offset " + offset + " from " + fromMillis + " to "
                + (toMillis == Long.MAX_VALUE ? "now" : toMillis);
    }
}
