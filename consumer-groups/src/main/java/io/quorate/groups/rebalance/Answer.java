package io.quorate.groups.rebalance;

import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * What came back for a request.
 *
 * @param error OK, what the failed part of a transaction failed with, or why there is no answer at all
 * @param index the part of a transaction that failed; -1 if none did, or none was tried
 * @param results one for each part; empty if there is no answer. A single question has one, with a null Stat for a node that
 *     is not there
 */
public record Answer(ErrorCode error, int index, List<OpResult> results) {

    /** An answer to a request that succeeded, as far as it is one whole. */
    public static Answer of(List<OpResult> results) {
        return new Answer(ErrorCode.OK, -1, results);
    }

    /** A transaction that failed in one part. */
    public static Answer failed(ErrorCode error, int index) {
        return new Answer(error, index, List.of());
    }

    /** There is no answer, and nobody knows what was done. */
    public static Answer none(ErrorCode error) {
        return new Answer(error, -1, List.of());
    }

    /** What the read of one node was refused with; empty if it was read, or is not there: that is an answer, too. */
    static Optional<Answer> refusal(OpResult part) {
        boolean isRefused = !part.isOk() && part.error() != ErrorCode.NO_NODE;
        return isRefused ? Optional.of(failed(part.error(), 0)) : Optional.empty();
    }

    /** This answer, or the refusal of its first part that was refused: what may not be read is not taken for missing. */
    Answer whole() {
        return results.stream()
                .map(Answer::refusal)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(this);
    }

    /** Whether it is one, and not a failure. */
    public boolean isOk() {
        return error == ErrorCode.OK;
    }

    /** Whether the server has said no, so that nothing was changed. */
    public boolean isRefusal() {
        return index >= 0;
    }

    /** Whether the server has said no for a reason that an operator has to remove: asking again at once is of no use. */
    public boolean isLasting() {
        return isRefusal()
                && error != ErrorCode.NODE_EXISTS
                && error != ErrorCode.NO_NODE
                && error != ErrorCode.BAD_VERSION;
    }
}
