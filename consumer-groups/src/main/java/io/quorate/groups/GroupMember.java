package io.quorate.groups;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.rebalance.Orders;
import io.quorate.wire.client.ClientBuilder;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * A member of a consumer group. It keeps itself in the group, over lost connections and sessions, and tells its
 * {@link RebalanceListener} what to process; processing is the host's own affair, on threads of its own.
 *
 * <p>A host asks {@link #mayProcess} before each batch. The answer takes the time since the last sign of a server into account,
 * so that a host that was frozen stops by itself, before another member can have its partitions.
 *
 * <p>Safe for use by any number of threads. Nothing here waits.
 */
public final class GroupMember implements AutoCloseable {
    private final MemberLoop loop;
    private final Set<TopicPartition> paused = java.util.concurrent.ConcurrentHashMap.newKeySet();

    private GroupMember(MemberLoop loop) {
        this.loop = loop;
    }

    /**
     * Joins a group, in the background.
     *
     * @param config who joins what, and how
     * @param servers how to make sessions, as it is now; listener and callbacks are the member's, and a session to resume is the
     *     first one
     * @param listener what is told
     */
    public static GroupMember join(GroupConfig config, ClientBuilder servers, RebalanceListener listener) {
        MemberLoop loop = new MemberLoop(config, servers, listener);
        loop.start();
        return new GroupMember(loop);
    }

    /** What can be known at this moment. */
    public MemberView view() {
        return loop.view();
    }

    /** What the host may process, apart from what it has paused. */
    public Set<TopicPartition> assignment() {
        return loop.view().owned();
    }

    /** Generation of the assignment; 0 in compat mode. */
    public int generation() {
        return loop.view().generation();
    }

    /** Whether the host must not process anything at this moment. */
    public boolean isFenced() {
        return !loop.isAlive();
    }

    /**
     * Whether the host may process a batch of this partition at this moment: never before the listener was told of it, also
     * not if it was lost and came back before the listener heard of that.
     */
    public boolean mayProcess(TopicPartition partition) {
        return !paused.contains(partition) && loop.mayProcess(partition);
    }

    /** Makes {@link #mayProcess} say no for these until {@link #resume}; ownership does not change. */
    public void pause(Set<TopicPartition> partitions) {
        paused.addAll(partitions);
    }

    /** Takes {@link #pause} back. */
    public void resume(Set<TopicPartition> partitions) {
        paused.removeAll(new TreeSet<>(partitions));
    }

    /**
     * Commits offsets now: each is that of the next record to be processed. Fails with a {@link CommitFailedException} if a
     * partition is not owned any more; after {@code onMoved} success means that another's offset was adopted.
     */
    public CompletableFuture<Void> commit(Map<TopicPartition, Long> offsets) {
        return loop.commit(offsets);
    }

    /**
     * Reads what is committed, of any partitions of any topic, owned or not; empty where nothing is. Fails with a
     * {@link CommitFailedException} if no server can be asked.
     */
    public CompletableFuture<Map<TopicPartition, OptionalLong>> committed(Set<TopicPartition> partitions) {
        return loop.committed(partitions);
    }

    /**
     * Goes back to what is committed: drops what was handed in and is not written yet, and calls
     * {@link RebalanceListener#onMoved} with the committed offset of each of these that is owned and has one, as soon as
     * a server can say it. Until that returns, offsets handed in for it are not written, and commits of it that come before it
     * is called fail.
     */
    public void seekCommitted(Set<TopicPartition> partitions) {
        loop.seekCommitted(partitions);
    }

    /** Has offsets committed with others in some seconds, or together with giving up the partition. */
    public void commitSoon(Map<TopicPartition, Long> offsets) {
        loop.stage(offsets);
    }

    /** Says that the host is alive; without it the member leaves by itself after the time that its configuration says. */
    public void heartbeat() {
        loop.heartbeat();
    }

    /**
     * Gives everything up, commits what was handed to {@link #commitSoon}, and leaves. Members with an instance id leave for
     * good, too.
     *
     * @return completes with the reason, when the listener was told
     */
    public CompletableFuture<String> leave() {
        return loop.leave(true);
    }

    /** As {@link #leave}, but the group keeps the partitions of a member with an instance id for a while. */
    public CompletableFuture<String> goAway() {
        return loop.leave(false);
    }

    /**
     * Ends at once and says nothing to anybody, as if the process had died: nothing is committed, and the group waits for the
     * session timeout before others get the partitions. The host is told that they are lost.
     *
     * @return completes with the reason, when the listener was told
     */
    public CompletableFuture<String> abandon() {
        return loop.abandon();
    }

    /** What was found not to be as it should, and how often. */
    public Map<Orders.Alarm, Long> alarms() {
        return loop.alarms();
    }

    /** Completes with the reason when this is no member any more. */
    public CompletableFuture<String> whenEnded() {
        return loop.whenEnded();
    }

    /** {@link #leave}; does not wait. */
    @Override
    public void close() {
        CompletableFuture<String> leaving = leave();
        assert leaving != null;
    }
}
