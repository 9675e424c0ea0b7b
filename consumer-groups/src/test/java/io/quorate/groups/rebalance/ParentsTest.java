package io.quorate.groups.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a member remembers of nodes that it has seen. */
final class ParentsTest {
    private static final int MANY = 10_001;

    private final RecordedOrders orders = new RecordedOrders();
    private final Context context = new Context(
            new GroupConfig("g", Subscription.topics(List.of("t"))), BatchLimits.DEFAULT, orders, new Random(1), null);
    private final Parents parents = new Parents(context);

    /** Makes sure of these, all of which are there; returns how many requests that took. */
    private int ensure(List<String> topics) {
        boolean[] done = {false};
        parents.ensure(topics, () -> done[0] = true, failure -> {});
        OpResult there = new OpResult(ErrorCode.OK, null, null, null, null);
        List<RecordedOrders.Asked> asked = orders.take();
        asked.forEach(each ->
                context.requests.onAnswer(each.id(), Answer.of(Collections.nCopies(Requests.PARTS_MAX, there))));
        assertThat(done[0]).isTrue();
        return asked.size();
    }

    private static List<String> many(String prefix) {
        return IntStream.range(0, MANY).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void itLooksOnce() {
        assertThat(ensure(List.of("t"))).isEqualTo(1);
        assertThat(ensure(List.of("t"))).isZero();
    }

    /** Topics come and go, and members stay. */
    @Test
    void itForgetsWhatItHasNotBeenAskedForOfVeryMany() {
        ensure(List.of("t"));
        ensure(many("before"));
        ensure(many("now"));
        assertThat(ensure(many("now"))).isZero();
        assertThat(ensure(List.of("t"))).isEqualTo(1);
    }
}
