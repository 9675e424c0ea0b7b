package io.quorate.registry.store;

import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.proto.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What the failures of futures mean. */
final class Failures {
    private Failures() {}

    /** What a future failed with, whichever stage says so. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Done also if the node was there already. */
    static CompletableFuture<Void> unlessExists(CompletableFuture<?> creation) {
        return creation.handle((created, failure) -> {
            if (failure != null && !(cause(failure) instanceof CoordinatorException.NodeExists)) {
                throw new CompletionException(cause(failure));
            }
            return null;
        });
    }

    /** Does something conditional on a version again, if another one was faster; so many times at most. */
    static <T> CompletableFuture<T> retriedOnConflict(Supplier<CompletableFuture<T>> attempt, int times) {
        return attempt.get()
                .exceptionallyCompose(failure -> times > 1 && isConflict(cause(failure))
                        ? retriedOnConflict(attempt, times - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isConflict(Throwable cause) {
        return cause instanceof CoordinatorException known
                && !known.mayHaveBeenExecuted()
                && (known.error() == ErrorCode.BAD_VERSION
                        || known.error() == ErrorCode.NODE_EXISTS
                        || known.error() == ErrorCode.NO_NODE);
    }
}
