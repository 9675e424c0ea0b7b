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
