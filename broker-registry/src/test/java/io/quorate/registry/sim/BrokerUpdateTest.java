package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker that moves to other endpoints while its connection comes and goes (registry spec 4.5). */
final class BrokerUpdateTest {
    private static final BrokerInfo NEW = SimMember.info("elsewhere");

    private final List<String> told = new ArrayList<>();
    private final SimMember member = new SimMember(new MemberListener() {});

    private void update(BrokerInfo info) {
        member.membership().update(info, objection -> told.add(objection == null ? "written" : objection));
    }

    private BrokerInfo stored() {
        return BrokerJson.decode(
                        member.tree().node(RegistryPaths.broker(SimMember.ID)).data())
                .info();
    }

    @Test
    void anUpdateDuringTheRegistrationIsWrittenAfterIt() {
        member.membership().start();
        // Steps of a millisecond, until the create has arrived and its answer has not.
        while (!member.tree().exists(RegistryPaths.broker(SimMember.ID))) {
            member.pass(1);
        }
        update(NEW);
        member.pass(1_000);
        assertThat(stored()).isEqualTo(NEW);
        assertThat(told).containsExactly("written");
    }

    @Test
    void anUpdateIsDoneWhenItIsWritten() {
        member.start();
        update(NEW);
        assertThat(told).isEmpty();
        member.pass(1_000);
        assertThat(told).containsExactly("written");
        assertThat(stored()).isEqualTo(NEW);
    }

    @Test
    void anUpdateThatIsLostWithItsConnectionIsWrittenOnTheNext() {
        member.start();
        update(NEW);
        member.session().cut();
        member.pass(1_000);
        assertThat(told).isEmpty();
        member.reconnect();
        assertThat(stored()).isEqualTo(NEW);
        assertThat(told).containsExactly("written");
    }

    @Test
    void anUpdateThatIsLostWithItsSessionIsInTheNextRegistration() {
        member.start();
        update(NEW);
        member.loseSession();
        update(NEW.withRack("r"));
        member.reconnect();
        assertThat(stored()).isEqualTo(NEW.withRack("r"));
        assertThat(told).containsExactly("written", "written");
    }

    @Test
    void theLastOfManyUpdatesStays() {
        member.start();
        update(NEW);
        update(SimMember.info("b"));
        member.session().cut();
        update(SimMember.info("c"));
        member.reconnect();
        assertThat(stored()).isEqualTo(SimMember.info("c"));
        assertThat(told).containsExactly("written", "written", "written");
    }

    @Test
    void anUpdateThatCannotBeWrittenIsToldSo() {
        member.start();
        member.write(Write.delete(RegistryPaths.broker(SimMember.ID), -1));
        update(NEW);
        member.pass(1_000);
        assertThat(told).containsExactly("NO_NODE for /brokers/ids/7");
        update(NEW);
        member.membership().leave();
        update(NEW);
        assertThat(told.subList(1, 3)).containsExactly("the broker has left", "the broker has left");
    }

    @Test
    void anUpdateThatFindsNoRoomIsTriedAgainThoughTheConnectionStays() {
        member.start();
        member.tree().unheard = paths -> ErrorCode.THROTTLED_OP;
        update(NEW);
        member.pass(5_000);
        assertThat(told).isEmpty();
        member.tree().unheard = paths -> null;
        member.pass(5_000);
        assertThat(told).containsExactly("written");
        assertThat(stored()).isEqualTo(NEW);
    }
}
