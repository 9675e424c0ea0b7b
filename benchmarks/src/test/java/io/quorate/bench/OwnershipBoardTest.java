package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has what, and for how long nobody. */
final class OwnershipBoardTest {

    private static final TopicPartition A = new TopicPartition("t", 0);
    private static final TopicPartition B = new TopicPartition("t", 1);

    private static final OwnershipBoard.Owner ONE = partition -> true;
    private static final OwnershipBoard.Owner OTHER = partition -> true;

    private final OwnershipBoard board = new OwnershipBoard(List.of(A, B));

    @Test
    void partitionsAreUnownedUntilTheyAreTaken() {
        assertThat(board.unowned()).isEqualTo(2);
        board.taken(List.of(A), ONE);
        assertThat(board.unowned()).isEqualTo(1);
        long before = System.nanoTime();
        board.taken(List.of(B), OTHER);
        assertThat(board.unowned()).isZero();
        assertThat(board.completeNanos() - before).isNotNegative();
        assertThat(board.conflicts()).isZero();
    }

    @Test
    void theTimeWithoutOwnerIsSummedFromTheRestart() {
        board.taken(List.of(A, B), ONE);
        board.restart();
        assertThat(board.unownedSeconds()).isZero();
        long start = System.nanoTime();
        board.given(List.of(A), ONE);
        board.taken(List.of(A), ONE);
        assertThat(board.unownedSeconds()).isPositive().isLessThanOrEqualTo((System.nanoTime() - start) / 1e9);
    }

    @Test
    void twoOwnersAreNoticed() {
        board.taken(List.of(A), ONE);
        board.taken(List.of(A), OTHER);
        assertThat(board.conflicts()).isEqualTo(1);
        board.given(List.of(A), ONE);
        assertThat(board.unowned()).isEqualTo(1);
        board.given(List.of(A), OTHER);
        assertThat(board.unowned()).isEqualTo(2);
    }

    @Test
    void anOwnerThatMustNotGoOnIsNone() {
        board.taken(List.of(A), partition -> false);
        board.taken(List.of(A), OTHER);
        assertThat(board.conflicts()).isZero();
    }
}
