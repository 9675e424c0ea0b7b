package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
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
    private final MemberLoop loop = new MemberLoop(
            new GroupConfig("g", Subscription.topics(List.of("t"))), CoordinatorClient.builder("localhost:1"), this);

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
