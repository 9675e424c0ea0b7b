package io.quorate.groups.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The failure of a request of before a reconnection may arrive after it, and must neither stop nor disturb what comes next. */
final class LateFailureTest {
    private static final Answer LOST = Answer.none(ErrorCode.CONNECTION_LOSS);
    private static final String ELECTION = "/consumers/g/quorate/election";

    private final RecordedOrders orders = new RecordedOrders();
    private final Context context = new Context(
            new GroupConfig("g", Subscription.topics(List.of("t"))),
            BatchLimits.DEFAULT,
            orders,
            new Random(1),
            new Context.Fate() {
                @Override
                public void gone(String reason) {
                    throw new AssertionError(reason);
                }

                @Override
                public void end(Orders.End end, String reason) {
                    throw new AssertionError(reason);
                }
            });
    private int elected;
    private final Election election = new Election(context, () -> elected++);

    LateFailureTest() {
        context.connected = true;
        context.self = Incarnation.of("g", "c", 1, 10_000, 1);
    }

    @Test
    void anElectionLooksAgainIfItWasAskedToMeanwhile() {
        election.start(ELECTION + "/m-0000000001");
        RecordedOrders.Asked first = onlyOne();
        election.look();
        assertThat(orders.take()).isEmpty();
        context.requests.onAnswer(first.id(), LOST);
        context.requests.onAnswer(onlyOne().id(), candidates("m-0000000001", "m-0000000004"));
        assertThat(elected).isEqualTo(1);
    }

    @Test
    void anElectionThatCouldNotLookDoesSoLater() {
        election.start(ELECTION + "/m-0000000004");
        context.requests.onAnswer(onlyOne().id(), LOST);
        assertThat(orders.take()).isEmpty();
        pass(1_000);
        context.requests.onAnswer(onlyOne().id(), candidates("m-0000000001", "m-0000000004"));
        RecordedOrders.Asked watch = onlyOne();
        assertThat(watch.what()).isEqualTo("exists " + ELECTION + "/m-0000000001");
        context.requests.onAnswer(watch.id(), LOST);
        pass(1_000);
        assertThat(onlyOne().what()).isEqualTo("read " + ELECTION);
    }

    @Test
    void aRoundIsNotEndedByTheFailureOfTheOneBefore() {
        List<Consumer<Planner.Planned>> plans = new ArrayList<>();
        Commits commits = new Commits(context, new Parents(context));
        Rounds rounds = new Rounds(context, new Handover(context, commits, new Parents(context)));
        rounds.start(new Planner() {
            @Override
            public void plan(Consumer<Planned> then) {
                plans.add(then);
            }

            @Override
            public long gatherMillis() {
                return 0;
            }

            @Override
            public long retryMillis(int attempt) {
                return 100;
            }

            @Override
            public int retriesMax() {
                return 0;
            }

            @Override
            public long recheckMillis() {
                return 100_000;
            }
        });
        pass(1);
        rounds.restart();
        pass(1);
        assertThat(plans).hasSize(2);
        plans.get(0).accept(Planner.Planned.INTERRUPTED);
        pass(1_000);
        assertThat(plans).as("the second is still under way").hasSize(2);
        plans.get(1).accept(Planner.Planned.INTERRUPTED);
        pass(1_000);
        assertThat(plans).hasSize(3);
    }

    private RecordedOrders.Asked onlyOne() {
        List<RecordedOrders.Asked> taken = orders.take();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    private static Answer candidates(String... names) {
        return Answer.of(List.of(new OpResult(ErrorCode.OK, null, null, null, List.of(names))));
    }

    private void pass(long millis) {
        context.timers.set(context.timers.now() + millis);
        context.timers.runDue();
    }
}
