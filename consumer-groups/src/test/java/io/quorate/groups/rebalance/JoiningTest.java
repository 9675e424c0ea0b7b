package io.quorate.groups.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A member whose registration was done, but not answered, looks for its place in the election. */
final class JoiningTest {
    private static final String ELECTION = "/consumers/g/quorate/election";

    private final RecordedOrders orders = new RecordedOrders();
    private final List<String> fate = new ArrayList<>();
    private final Context context = new Context(
            new GroupConfig("g", Subscription.topics(List.of("t"))),
            BatchLimits.DEFAULT,
            orders,
            new Random(1),
            new Context.Fate() {
                @Override
                public void gone(String reason) {
                    fate.add(reason);
                }

                @Override
                public void end(Orders.End end, String reason) {
                    throw new AssertionError(reason);
                }
            });

    JoiningTest() {
        context.connected = true;
        context.self = Incarnation.of("g", "c", 1, 10_000, 1);
        new Joining(context, new Parents(context), candidate -> fate.add("joined")).begin();
        answer("/consumers/g/quorate", ok(GroupMode.NATIVE.bytes()), ok(new byte[0]));
    }

    @Test
    void anElectionThatIsGoneMeansThatItsPlaceIs() {
        answer(ELECTION, failed(ErrorCode.NO_NODE));
        assertThat(fate).containsExactly("there is no election");
    }

    @Test
    void anElectionThatMayNotBeReadIsAskedAgain() {
        answer(ELECTION, failed(ErrorCode.NO_AUTH));
        assertThat(orders.take()).isEmpty();
        context.timers.set(context.timers.now() + 1_000);
        context.timers.runDue();
        answer("/consumers/g/quorate", ok(GroupMode.NATIVE.bytes()), ok(new byte[0]));
        answer(ELECTION, new OpResult(ErrorCode.OK, null, null, null, List.of()));
        assertThat(fate).containsExactly("the candidate's node is gone");
    }

    /** Answers the one read that was asked for since the last time. */
    private void answer(String path, OpResult... results) {
        List<RecordedOrders.Asked> reads = orders.take().stream()
                .filter(each -> each.what().startsWith("read "))
                .toList();
        assertThat(reads).singleElement().extracting(RecordedOrders.Asked::what).isEqualTo("read " + path);
        context.requests.onAnswer(reads.get(0).id(), Answer.of(List.of(results)));
    }

    private static OpResult ok(byte[] data) {
        return new OpResult(ErrorCode.OK, null, data, null, null);
    }

    private static OpResult failed(ErrorCode error) {
        return new OpResult(error, null, null, null, null);
    }
}
