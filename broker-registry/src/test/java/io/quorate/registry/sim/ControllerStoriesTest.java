package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.IsrRequest;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a controller does when this and that happens, one story at a time. */
final class ControllerStoriesTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final SimOffice office = new SimOffice(4);

    private IsrRequest isr(int leader, Integer... isr) {
        return new IsrRequest(
                leader,
                office.epoch(leader),
                PARTITION,
                office.state(PARTITION).leaderEpoch(),
                office.version(PARTITION),
                List.of(isr),
                0);
    }

    @Test
    void whatWasAllowedBeforeTheConnectionWasLostIsAskedForAgain() {
        office.topic("t", List.of(List.of(2, 3)));
        office.unclean("t", true);
        office.elected();
        office.down(3);
        office.settle();
        office.down(2);
        office.up(3);
        office.settle();
        assertThat(office.state(PARTITION).leader()).as("unclean, as allowed").isEqualTo(3);

        office.session.cut();
        office.unclean("t", false);
        office.session.reconnect();
        office.settle();
        office.up(2);
        office.settle();
        office.down(3);
        office.settle();
        assertThat(office.state(PARTITION).leader())
                .as("nobody: it is not allowed any more")
                .isEqualTo(PartitionState.NO_LEADER);

        office.session.cut();
        office.unclean("t", true);
        office.session.reconnect();
        office.settle();
        assertThat(office.state(PARTITION).leader()).as("allowed again").isEqualTo(2);
    }

    @Test
    void whoeverWaitsForAnAnswerIsToldWhenTheControllerResigns() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        List<Object> answers = new ArrayList<>();
        var controller = office.controller();
        controller.alterIsr(isr(2, 2), answers::add);
        controller.move(PARTITION, List.of(3, 4), answers::add);
        office.admin(Write.delete(RegistryPaths.CONTROLLER, -1));
        office.admin(Write.set(RegistryPaths.CONTROLLER_EPOCH, "99".getBytes(), -1));
        office.until(() -> office.told.contains("resigned"));
        assertThat(answers)
                .hasSize(2)
                .contains(IsrRequest.Result.NOT_CONTROLLER)
                .doesNotContainNull();
        controller.move(PARTITION, List.of(3, 4), answers::add);
        assertThat(answers).hasSize(3).doesNotContainNull();
        assertThat(office.state(PARTITION).isr()).containsExactly(2, 3);
    }
}
