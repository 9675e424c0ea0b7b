package io.quorate.groups.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a host has, by which order, and when it has it no more. */
final class HostShareTest {
    private static final Set<TopicPartition> ONE = Set.of(new TopicPartition("t", 0));

    private final HostShare share = new HostShare();

    private void give() {
        share.heard(share.assigned(ONE), ONE);
    }

    @Test
    void untilTheHostHasStoppedItMayCommit() {
        give();
        Map<TopicPartition, Long> orders = share.askedBack(ONE);
        assertThat(share.orders(ONE)).isEqualTo(orders).isNotEmpty();
        share.stopped(orders);
        assertThat(share.orders(ONE)).isEmpty();
    }

    /** It hears that it has lost a partition, and has it again, when it is done with stopping. */
    @Test
    void whatItWasGivenAnewMeanwhileItKeeps() {
        give();
        Map<TopicPartition, Long> before = share.askedBack(ONE);
        share.lost(ONE);
        give();
        Map<TopicPartition, Long> after = share.askedBack(ONE);
        share.stopped(before);
        assertThat(share.orders(ONE)).isEqualTo(after).isNotEmpty();
    }
}
