package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.member.MemberListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a broker is told that its session may soon be over (registry spec 4.4). */
final class SuspectTest {
    private final List<String> told = new ArrayList<>();
    private final SimMember member = new SimMember(new MemberListener() {
        @Override
        public void onSuspect() {
            told.add("suspect");
        }
    });

    @Test
    void whoIsCutOffIsSuspectOnce() {
        member.start();
        member.session().cut();
        member.pass(SimSession.TIMEOUT_MILLIS / 3);
        assertThat(told).isEmpty();
        member.pass(SimSession.TIMEOUT_MILLIS);
        assertThat(told).containsExactly("suspect");
    }

    @Test
    void whoIsBackInTimeIsNot() {
        member.start();
        for (int round = 0; round < 5; round++) {
            member.session().cut();
            member.pass(SimSession.TIMEOUT_MILLIS / 2);
            member.reconnect();
        }
        member.pass(SimSession.TIMEOUT_MILLIS);
        assertThat(told).isEmpty();
    }
}
