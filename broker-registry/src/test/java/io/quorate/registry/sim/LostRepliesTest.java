package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Registry spec 14, 5: a broker starts, registers and becomes controller, and loses its connection at every request that there
 * is, before it is carried out or with its answer. It is registered once and elected once, and knows with which epochs.
 */
final class LostRepliesTest {
    private static final long AWAY_MILLIS = 50;

    /** One start. */
    private static final class Start implements MemberListener, SimSession.Road {
        private final List<Long> registered = new ArrayList<>();
        private final List<Integer> elected = new ArrayList<>();
        private final SimMember member = new SimMember(this);
        private final int lost;
        private final boolean isAnswerLost;
        private int requests;

        Start(int lost, boolean isAnswerLost) {
            this.lost = lost;
            this.isAnswerLost = isAnswerLost;
            member.road = this;
            member.start();
            member.pass(SimSession.TIMEOUT_MILLIS);
        }

        private void lose(SimSession session) {
            session.cut();
            member.time().after(AWAY_MILLIS, session::reconnect);
        }

        @Override
        public boolean isLetIn(SimSession session, List<Write> writes) {
            boolean isLost = ++requests == lost && !isAnswerLost;
            if (isLost) {
                lose(session);
            }
            return !isLost;
        }

        @Override
        public void onCarriedOut(SimSession session, List<Write> writes) {
            if (requests == lost && isAnswerLost) {
                member.time().after(0, () -> lose(session));
            }
        }

        @Override
        public void onAnswered(SimSession session, List<Write> writes) {}

        @Override
        public void onRegistered(long epoch) {
            registered.add(epoch);
        }

        @Override
        public void onElected(int epoch) {
            elected.add(epoch);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyIsRegisteredOrElectedTwice(boolean isAnswerLost) {
        int requests = new Start(0, false).requests;
        assertThat(requests).isGreaterThan(10);
        for (int lost = 1; lost <= requests; lost++) {
            Start start = new Start(lost, isAnswerLost);
            SimTree tree = start.member.tree();
            SimNode broker = tree.node(RegistryPaths.broker(SimMember.ID));
            String what = "request " + lost;
            assertThat(start.registered).as(what).containsExactly(broker.czxid());
            assertThat(broker.owner()).as(what).isEqualTo(start.member.session().session());
            assertThat(start.elected).as(what).containsExactly(1);
            assertThat(ControllerJson.decodeEpoch(
                            tree.node(RegistryPaths.CONTROLLER_EPOCH).data()))
                    .as(what)
                    .isEqualTo(1);
            assertThat(start.member.membership().controller()).as(what).isNotNull();
        }
    }
}
