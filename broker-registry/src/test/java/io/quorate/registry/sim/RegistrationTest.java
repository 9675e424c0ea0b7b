package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.presence.ConflictPolicy;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a broker comes to be registered while its connection, or its own old node, comes and goes (registry spec 4.3). */
final class RegistrationTest {
    private static final BrokerInfo INFO = SimMember.info("h");
    private static final long WAIT_MILLIS = 20_000;

    private final List<Long> epochs = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final MemberListener listener = new MemberListener() {
        @Override
        public void onRegistered(long epoch) {
            epochs.add(epoch);
        }

        @Override
        public void onRefused(String reason) {
            refused.add(reason);
        }

        @Override
        public void onTrouble(String what) {
            trouble.add(what);
        }
    };

    private SimMember waiting() {
        MemberSettings settings = MemberSettings.of(SimMember.ID, INFO).withConflict(new ConflictPolicy(WAIT_MILLIS));
        SimMember member = new SimMember(settings, listener);
        for (String parent : List.of("/brokers", "/brokers/ids")) {
            member.write(Write.create(parent, null));
        }
        member.tree()
                .write(
                        9,
                        List.of(Write.createEphemeral(RegistryPaths.broker(SimMember.ID), BrokerJson.encode(INFO, 1))));
        return member;
    }

    /** The old node goes at all moments around the end of the wait, and each cut has left a wait behind. */
    @Test
    void theWaitEndsOnceHoweverItEnds() {
        int registered = 0;
        for (int moment = 0; moment < 100; moment++) {
            epochs.clear();
            SimMember member = waiting();
            long begin = member.time().nowMillis();
            member.membership().start();
            member.pass(5);
            for (int round = 0; round < 40; round++) {
                member.session().cut();
                member.session().reconnect();
                member.pass(1 + (round + moment) % 30);
            }
            member.pass(begin + WAIT_MILLIS + moment - member.time().nowMillis());
            member.tree().expire(9);
            member.pass(WAIT_MILLIS);
            assertThat(epochs).as("moment %d", moment).hasSizeLessThan(2);
            registered += epochs.size();
        }
        assertThat(registered).as("moments that were early enough").isBetween(1, 99);
    }

    private static void hide(SimMember member, ErrorCode error) {
        String path = RegistryPaths.broker(SimMember.ID);
        member.tree().secret = asked -> asked.equals(path) ? error : null;
    }

    @Test
    void aRegistrationThatIsNotShownIsWaitedForAsLongAsThePolicySays() {
        SimMember member = waiting();
        hide(member, ErrorCode.NO_AUTH);
        List<Write> creates = new ArrayList<>();
        member.tree().onRefused = creates::add;
        member.start();
        member.pass(WAIT_MILLIS - 2_000);
        assertThat(refused).isEmpty();
        assertThat(creates).as("ever more rarely").hasSizeBetween(3, 7);
        assertThat(trouble)
                .singleElement()
                .asString()
                .contains("cannot be read")
                .contains("NO_AUTH");
        member.pass(2_000);
        assertThat(refused).singleElement().asString().contains("NO_AUTH");
        assertThat(member.tree().exists(RegistryPaths.broker(SimMember.ID)))
                .as("left alone")
                .isTrue();
        assertThat(epochs).isEmpty();
    }

    @Test
    void aRegistrationThatIsNotShownAndGoesGivesWay() {
        SimMember member = waiting();
        hide(member, ErrorCode.NO_AUTH);
        member.start();
        member.pass(WAIT_MILLIS / 2);
        member.tree().expire(9);
        member.pass(WAIT_MILLIS / 2 - 1);
        assertThat(epochs).hasSize(1);
        member.pass(WAIT_MILLIS * 10);
        assertThat(epochs).hasSize(1);
        assertThat(refused).isEmpty();
    }

    /** Who is not heard has learnt nothing of whose the node is, however long that takes. */
    @Test
    void aRegistrationThatIsThrottledIsLookedAtEverMoreRarely() {
        SimMember member = waiting();
        hide(member, ErrorCode.THROTTLED_OP);
        List<Write> creates = new ArrayList<>();
        member.tree().onRefused = creates::add;
        member.start();
        member.pass(WAIT_MILLIS * 10);
        assertThat(creates).hasSizeBetween(5, 10);
        assertThat(trouble).hasSize(1);
        assertThat(refused).isEmpty();
        member.tree().expire(9);
        member.pass(60_000);
        assertThat(epochs).hasSize(1);
    }

    @Test
    void whoFailsFastFailsWhenTheRegistrationIsNotShown() {
        SimMember member =
                new SimMember(MemberSettings.of(SimMember.ID, INFO).withConflict(ConflictPolicy.FAIL_FAST), listener);
        for (String parent : List.of("/brokers", "/brokers/ids")) {
            member.write(Write.create(parent, null));
        }
        member.tree()
                .write(
                        9,
                        List.of(Write.createEphemeral(RegistryPaths.broker(SimMember.ID), BrokerJson.encode(INFO, 1))));
        hide(member, ErrorCode.NO_AUTH);
        member.start();
        assertThat(refused).hasSize(1);
    }

    /** Of the first look, of what is missing then, and of the registration itself. */
    @Test
    void whatHasNoAnswerIsTriedAgainThoughTheConnectionStays() {
        for (String path : List.of("/", RegistryPaths.BROKERS, RegistryPaths.broker(SimMember.ID))) {
            epochs.clear();
            SimMember member = new SimMember(listener);
            member.tree().unheard = paths -> paths.contains(path) ? ErrorCode.THROTTLED_OP : null;
            member.start();
            member.pass(10_000);
            assertThat(epochs).as(path).isEmpty();
            member.tree().unheard = paths -> null;
            member.pass(10_000);
            assertThat(epochs).as(path).hasSize(1);
        }
        assertThat(refused).isEmpty();
        assertThat(trouble).anyMatch(what -> what.contains("THROTTLED_OP"));
    }
}
