package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who follows the topics, and who is told of the controller (registry spec 13.3 and 13.4): one broker behind others in line. */
final class StandbyTest {
    private static final MemberSettings SETTINGS = MemberSettings.of(SimMember.ID, SimMember.info("h"));
    private static final ControllerInfo OTHER = new ControllerInfo(1, 5, -1);

    private static final String LINE = "/quorate/controller";

    private final List<String> told = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final SimMember member = new SimMember(SETTINGS, new Recorder());

    private final class Recorder implements MemberListener {
        @Override
        public void onController(ControllerInfo controller) {
            told.add("controller " + (controller == null ? "none" : controller.brokerId()));
        }

        @Override
        public void onBroker(int id, Broker before, Broker now) {
            told.add("broker " + id);
        }

        @Override
        public void onTopic(String name) {
            told.add("topic " + name);
        }

        @Override
        public void onTrouble(String what) {
            trouble.add(what);
        }
    }

    /** Another broker is controller, and three stand in line already, in sessions of their own. */
    @BeforeEach
    void prepare() {
        for (String path : List.of("/brokers", "/brokers/topics", "/quorate", "/quorate/controller")) {
            member.write(Write.create(path, null));
        }
        member.write(Write.create(
                "/brokers/topics/t", TopicJson.encode(TopicAssignment.of(new TreeMap<>(Map.of(0, List.of(1))), null))));
        member.write(Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(1)));
        member.tree().write(1, List.of(Write.createEphemeral(RegistryPaths.CONTROLLER, ControllerJson.encode(OTHER))));
        for (int other = 1; other < 5; other++) {
            member.tree().write(other, List.of(Write.createCandidate("/quorate/controller/candidate-", null)));
        }
    }

    private void leave(int session) {
        member.tree().expire(session);
        member.pass(1_000);
    }

    @Test
    void whoStandsFarBackFollowsTheTopicsWhenItsTurnComes() {
        member.start();
        assertThat(told).containsExactlyInAnyOrder("controller 1", "broker 7");
        leave(3);
        assertThat(member.membership().image().topics()).isEmpty();
        leave(2);
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
        assertThat(told).containsExactlyInAnyOrder("controller 1", "broker 7", "topic t");
    }

    @Test
    void aPlaceThatImprovesWhileThereIsNoConnectionIsNotMissed() {
        member.start();
        member.session().cut();
        leave(2);
        leave(3);
        member.reconnect();
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
    }

    @Test
    void aLineThatIsRefusedOnceIsReadLater() {
        member.tree().unheard = paths -> paths.equals(List.of(LINE)) ? ErrorCode.THROTTLED_OP : null;
        member.start();
        member.pass(20_000);
        assertThat(told).as("what does not need the line").containsExactlyInAnyOrder("controller 1", "broker 7");
        member.tree().unheard = paths -> null;
        member.pass(60_000);
        leave(3);
        leave(2);
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
        assertThat(told).containsExactlyInAnyOrder("controller 1", "broker 7", "topic t");
        assertThat(trouble).containsExactly(LINE + " cannot be read, and is tried again later: THROTTLED_OP");
    }

    @Test
    void aWatchThatIsRefusedOnceIsSetLater() {
        String second = LINE + "/candidate-0000000001";
        AtomicInteger refused = new AtomicInteger();
        member.tree().unheard = paths -> {
            boolean isRefused = paths.equals(List.of(second));
            refused.addAndGet(isRefused ? 1 : 0);
            return isRefused ? ErrorCode.THROTTLED_OP : null;
        };
        member.start();
        member.pass(20_000);
        assertThat(refused).as("ever more rarely").hasValueBetween(3, 6);
        member.tree().unheard = paths -> null;
        member.pass(60_000);
        // Nobody hears of that: it is not watched.
        leave(1);
        leave(2);
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
        assertThat(trouble).containsExactly(second + " cannot be watched, and is tried again later: THROTTLED_OP");
    }

    @Test
    void whoeverLeavesBeforeItCouldBeWatchedIsMissedAllTheSame() {
        String second = LINE + "/candidate-0000000001";
        member.tree().unheard = paths -> paths.equals(List.of(second)) ? ErrorCode.THROTTLED_OP : null;
        member.start();
        leave(1);
        leave(2);
        member.tree().unheard = paths -> null;
        member.pass(60_000);
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
    }

    @Test
    void whoIsElectedFromTheBackReadsEverything() {
        member.start();
        member.write(Write.delete(RegistryPaths.CONTROLLER, -1));
        member.pass(1_000);
        assertThat(member.membership().controller()).isNotNull();
        assertThat(member.membership().image().topics()).containsOnlyKeys("t");
        assertThat(told).contains("controller 7").containsOnlyOnce("broker 7");
    }

    @Test
    void whoIsNoCandidateKnowsTheControllerAndNeverIsOne() {
        SimMember plain = new SimMember(SETTINGS.withCandidate(false), new Recorder());
        plain.write(Write.create(RegistryPaths.CONTROLLER, ControllerJson.encode(OTHER)));
        plain.start();
        plain.pass(1_000);
        plain.session().cut();
        plain.reconnect();
        plain.write(Write.delete(RegistryPaths.CONTROLLER, -1));
        plain.pass(1_000);
        assertThat(told).containsExactly("controller 1", "broker 7", "controller none");
        assertThat(plain.tree().exists(RegistryPaths.CONTROLLER)).isFalse();
    }

    @Test
    void whoIsNotToKnowTheOthersHearsOfThemWhenElectedOnly() {
        SimMember alone = new SimMember(SETTINGS.withStandbys(0).withBrokers(false), new Recorder());
        for (String path : List.of("/quorate", "/quorate/controller")) {
            alone.write(Write.create(path, null));
        }
        alone.write(Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(1)));
        alone.tree().write(1, List.of(Write.createEphemeral(RegistryPaths.CONTROLLER, ControllerJson.encode(OTHER))));
        alone.tree().write(1, List.of(Write.createCandidate("/quorate/controller/candidate-", null)));
        alone.start();
        assertThat(told).containsExactly("controller 1");
        alone.tree().expire(1);
        alone.pass(1_000);
        assertThat(told).contains("controller 7", "broker 7");
    }

    @Test
    void nobodyStandsInTwoPlacesWheneverTheConnectionBreaks() {
        for (int millis = 0; millis < 200; millis++) {
            SimMember cutOff = new SimMember(SETTINGS, new Recorder());
            for (String path : List.of("/quorate", "/quorate/controller")) {
                cutOff.write(Write.create(path, null));
            }
            cutOff.membership().start();
            cutOff.pass(millis);
            if (cutOff.session() != null) {
                cutOff.session().cut();
                cutOff.reconnect();
            }
            cutOff.pass(1_000);
            assertThat(cutOff.tree().children("/quorate/controller"))
                    .as("places after a cut at %d ms", millis)
                    .hasSize(1);
        }
    }
}
