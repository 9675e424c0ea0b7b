package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A connection that breaks at the wrong moment takes a watch with it that is not set yet: it has to be set again. */
final class LostWatchTest {
    private final SimGroup group = new SimGroup(1, 6, UnaryOperator.identity());

    @Test
    void aLeaderThatHadJustBeenElectedSeesWhoJoins() {
        SimMember first = group.join();
        group.until(() -> first.machine().isLeader());
        first.cut();
        group.settle();

        group.join();
        group.settle();

        group.allIsWell();
    }

    @Test
    void aMemberThatHadJustRegisteredSeesItsTarget() {
        group.join();
        group.settle();
        SimMember second = group.join();
        group.until(() -> group.world.tree.children(group.world.paths.ids()).size() == 2);
        second.cut();
        group.settle();

        group.join();
        group.settle();

        group.allIsWell();
        assertThat(group.world.checks.evictions).isZero();
    }
}
