package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has what, and for how long nobody. */
final class OwnershipBoardTest {

    private static final TopicPartition A = new TopicPartition("t", 0);
    private static final TopicPartition B = new TopicPartition("t", 1);

    private final OwnershipBoard board = new OwnershipBoard(List.of(A, B));

    @Test
    void partitionsAreUnownedUntilTheyAreTaken() {
        assertThat(board.unowned()).isEqualTo(2);
        board.taken(List.of(A));
        assertThat(board.unowned()).isEqualTo(1);
        long before = System.nanoTime();
        board.taken(List.of(B));
        assertThat(board.unowned()).isZero();
        assertThat(board.completeNanos() - before).isNotNegative();
        assertThat(board.conflicts()).isZero();
    }

    @Test
    void theTimeWithoutOwnerIsSummedFromTheRestart() {
        board.taken(List.of(A, B));
        board.restart();
        assertThat(board.unownedSeconds()).isZero();
        long start = System.nanoTime();
        board.given(List.of(A));
        board.taken(List.of(A));
        assertThat(board.unownedSeconds()).isPositive().isLessThanOrEqualTo((System.nanoTime() - start) / 1e9);
    }

    @Test
    void twoOwnersAreNoticed() {
        board.taken(List.of(A));
        board.taken(List.of(A));
        assertThat(board.conflicts()).isEqualTo(1);
        board.given(List.of(A));
        assertThat(board.unowned()).isEqualTo(1);
        board.given(List.of(A));
        assertThat(board.unowned()).isEqualTo(2);
    }
}
