package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.tree.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the invariants leave to brokers of others and to real servers, and that they leave no more. */
final class InvariantsBesideOthersTest {
    private static final long ADMIN = 1;
    private static final long OURS = 2;
    private static final long OURS_LATER = 3;
    /** Of a broker that fences only some of its writes and is elected in two steps. */
    private static final long OLD = 4;

    private static final String TOPIC = RegistryPaths.topic("t");

    private final SimTree tree = new SimTree();

    @BeforeEach
    void aTree() {
        RegistryPaths.STRUCTURE.forEach(path -> tree.write(ADMIN, List.of(Write.create(path, null))));
        write(ADMIN, Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(1)));
        Invariants unused = new Invariants(
                tree, session -> session == OURS || session == OURS_LATER, session -> true, session -> session == OLD);
    }

    private void write(long session, Write... writes) {
        tree.write(session, List.of(writes));
    }

    private void offends(String invariant, long session, Write... writes) {
        assertThatThrownBy(() -> write(session, writes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(invariant);
    }

    private static Write rise(int epoch) {
        return Write.set(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(epoch), -1);
    }

    private static Write topic() {
        return Write.create(TOPIC, "{\"version\":1,\"partitions\":{\"0\":[7]}}".getBytes(StandardCharsets.UTF_8));
    }

    private static Write register(int port) {
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", port));
        return Write.createEphemeral(RegistryPaths.broker(7), BrokerJson.encode(info, 1));
    }

    @Test
    void othersMayBeElectedInTwoStepsAndNeedNotFence() {
        assertThatCode(() -> {
                    write(OLD, Write.createEphemeral(RegistryPaths.CONTROLLER, null));
                    write(OLD, rise(2));
                    write(OLD, topic());
                    write(OLD, Write.check(RegistryPaths.CONTROLLER_EPOCH, -1), Write.delete(TOPIC, -1));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatOthersFenceIsOfTheLastWhoWasElected() {
        write(OURS, Write.createEphemeral(RegistryPaths.CONTROLLER, null), rise(2));
        offends("C2: nobody but the last", OLD, Write.check(RegistryPaths.CONTROLLER_EPOCH, -1), topic());
    }

    @Test
    void whatWeDoIsFencedAndInOneStep() {
        offends("C2: the fence comes first", OURS, topic());
        offends("C1: controller and epoch", OURS, Write.createEphemeral(RegistryPaths.CONTROLLER, null));
    }

    @Test
    void epochsRiseByOneAndForThoseWhoWereElected() {
        offends("C1: who raises the epoch has been elected", OLD, rise(2));
        write(OLD, Write.delete(RegistryPaths.CONTROLLER_EPOCH, -1));
        write(OLD, Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(5)));
        write(OLD, Write.createEphemeral(RegistryPaths.CONTROLLER, null));
        offends("C1", OLD, rise(7));
    }

    @Test
    void aBrokerMayTakeAwayWhatIsLeftOfItsOwnSession() {
        write(OURS, register(1));
        assertThatCode(() -> {
                    write(OURS_LATER, Write.delete(RegistryPaths.broker(7), -1));
                    write(OURS_LATER, register(1));
                })
                .doesNotThrowAnyException();
        offends("R3: whose node was taken away", OURS, Write.createEphemeral("/any", null));
    }

    @Test
    void nobodyTakesThePlaceOfAnotherBroker() {
        write(OURS, register(1));
        write(OLD, Write.delete(RegistryPaths.broker(7), -1));
        offends("R3: nobody takes the place", OLD, register(2));
    }
}
