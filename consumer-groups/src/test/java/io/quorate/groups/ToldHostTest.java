package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.rebalance.Orders.End;
import io.quorate.wire.client.CoordinatorClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a host may do with a partition before it was told of it: nothing. */
final class ToldHostTest implements RebalanceListener {
    private static final TopicPartition KEPT = new TopicPartition("t", 0);
    private static final TopicPartition OTHER = new TopicPartition("t", 1);
    private static final int PATIENCE_MINUTES = 2;

    private final CountDownLatch slow = new CountDownLatch(1);
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final MemberLoop loop = loop(Timing.DEFAULT);

    private MemberLoop loop(Timing timing) {
        GroupConfig config = new GroupConfig("g", Subscription.topics(List.of("t"))).with(timing);
        return new MemberLoop(config, CoordinatorClient.builder("localhost:1"), this);
    }

    @Override
    public void onAssigned(Map<TopicPartition, OptionalLong> offsets) {
        heard.add("assigned");
    }

    @Override
    public void onRevoked(Set<TopicPartition> partitions) {
        heard.add("revoked");
        try {
            assertThat(slow.await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            heard.add("interrupted");
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onLost(Set<TopicPartition> partitions) {
        heard.add("lost");
    }

    private String next() throws InterruptedException {
        return heard.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    @Test
    void whatWasLostAndCameBackMayBeProcessedWhenTheHostHasHeardOfBoth() throws Exception {
        assign();
        assertThat(next()).isEqualTo("assigned");
        assertThat(loop.isTold(KEPT)).isTrue();
        loop.revoke(1, Set.of(OTHER));
        assertThat(next()).isEqualTo("revoked");
        assertThat(loop.isTold(OTHER)).isFalse();
        loop.lost(Set.of(KEPT));
        assertThat(loop.isTold(KEPT)).isFalse();
        assign();
        assertThat(loop.isTold(KEPT)).isFalse();
        slow.countDown();
        assertThat(next()).isEqualTo("lost");
        assertThat(next()).isEqualTo("assigned");
        assertThat(loop.isTold(KEPT)).isTrue();
    }

    /** Nothing counts its time any more when what it is about is lost. */
    @Test
    void aHostThatTakesTooLongToStopIsInterruptedAlsoWhenAllIsLost() throws Exception {
        MemberLoop hasty = loop(new Timing(500, 100, 60_000, -1, 10_000, 300_000));
        hasty.assigned(Map.of(KEPT, OptionalLong.empty(), OTHER, OptionalLong.empty()));
        assertThat(next()).isEqualTo("assigned");
        hasty.revoke(1, Set.of(OTHER));
        assertThat(next()).isEqualTo("revoked");
        hasty.lost(Set.of(KEPT, OTHER));
        assertThat(next()).isEqualTo("interrupted");
        assertThat(next()).isEqualTo("lost");
    }

    /** Listeners may do anything; the next call finds a thread that is not interrupted. */
    @Test
    void aHostThatStopsInTimeIsNotInterruptedLater() throws Exception {
        MemberLoop hasty = loop(new Timing(500, 100, 60_000, -1, 10_000, 300_000));
        hasty.assigned(Map.of(KEPT, OptionalLong.empty()));
        slow.countDown();
        hasty.revoke(1, Set.of(KEPT));
        hasty.lost(Set.of(KEPT));
        assertThat(List.of(next(), next(), next())).containsExactly("assigned", "revoked", "lost");
    }

    @Test
    void commitsAfterTheEndFail() {
        loop.ended(End.LEFT, "asked to");
        CompletableFuture<Void> commit = loop.commit(Map.of(KEPT, 1L));
        assertThatThrownBy(() -> commit.get(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .hasCauseInstanceOf(CommitFailedException.class);
    }

    private void assign() {
        loop.assigned(Map.of(KEPT, OptionalLong.empty(), OTHER, OptionalLong.empty()));
    }
}
