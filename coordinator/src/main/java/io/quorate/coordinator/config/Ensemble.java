package io.quorate.coordinator.config;

import java.util.List;
import java.util.Map;

/**
 * What a member knows of its ensemble. Times in milliseconds, limits in ticks.
 *
 * @param sid the number of this server
 * @param members by their numbers, this server among them
 * @param groups the group of each voter; empty with majority quorums
 * @param weights the weight of each voter that has one; empty with majority quorums
 * @param text the membership as the members tell it to each other (quorum protocol, section 4.4)
 * @param initLimit how long a member may take to find a leader and catch up
 * @param syncLimit how long a member may be silent
 * @param readOnly serve clients that ask for it read-only while there is no quorum
 */
public record Ensemble(
        long sid,
        List<Member> members,
        Map<Long, Long> groups,
        Map<Long, Long> weights,
        String text,
        int initLimit,
        int syncLimit,
        Connections connections,
        Voting voting,
        CatchingUp catchingUp,
        Succession succession,
        boolean readOnly) {

    /** One member; all of its addresses lead to it. */
    public record Member(long sid, List<Address> addresses, boolean observer) {}

    /** The two ports of a member on one of its addresses; {@code host} without brackets. */
    public record Address(String host, int quorumPort, int electionPort) {}

    /**
     * How members connect.
     *
     * @param listenOnAll on every interface, and not only on the addresses of the member
     * @param multiAddress members may have several addresses, and announce all of them
     * @param bindTries attempts to open a port; 0 for as many as it takes
     * @param electionMillis limit of one attempt to connect
     * @param helloMillis limit for the first message of an election connection
     * @param electionKeepAlive TCP keep-alive on election connections
     * @param leaderTicks limit for a connection to the leader to come about
     * @param leaderRetryMillis between two attempts of it
     */
    public record Connections(
            boolean listenOnAll,
            boolean multiAddress,
            int bindTries,
            int electionMillis,
            int helloMillis,
            boolean electionKeepAlive,
            int leaderTicks,
            int leaderRetryMillis) {}

    /** The waits of an election; {@code waitForEpochMillis} is −1 for no limit. */
    public record Voting(int notificationMillisMin, int notificationMillisMax, int waitForEpochMillis) {}

    /**
     * How members that lag are brought level.
     *
     * @param window transactions kept in memory for them
     * @param forceSnapshot always send a whole copy
     */
    public record CatchingUp(int window, boolean forceSnapshot) {}

    /**
     * How one leader follows another.
     *
     * @param handOverMillis how long a leader that is ended may take to let another lead first; 0 for no attempt
     * @param keepClientsMillis how long clients stay connected without a leader; 0 for not at all
     * @param counterMax the last counter of an epoch, 0 for the greatest that is possible
     */
    public record Succession(int handOverMillis, int keepClientsMillis, int counterMax) {}

    /** The line of this server. */
    public Member own() {
        return members.stream()
                .filter(member -> member.sid() == sid)
                .findFirst()
                .orElseThrow();
    }
}
