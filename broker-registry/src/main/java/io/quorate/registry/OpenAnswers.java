package io.quorate.registry;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Futures that somebody waits for: none of them stays open when whoever owes the answers is gone. Any thread. */
final class OpenAnswers {
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile String end;

    /** A future that is completed by whoever has the answer, or fails with {@link #close}. */
    <T> CompletableFuture<T> open() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        CompletableFuture<T> unused = answer.whenComplete((done, failure) -> open.remove(answer));
        // In this order: either we see the end, or who ends sees us.
        String reason = end;
        if (reason != null) {
            answer.completeExceptionally(new IllegalStateException(reason));
        }
        return answer;
    }

    /** Those that are open, and all that are opened later, get no answer. */
    void close(String reason) {
        end = reason;
        open.forEach(answer -> answer.completeExceptionally(new IllegalStateException(reason)));
    }
}
