package io.quorate.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Futures that somebody waits for: none of them stays open when whoever owes the answers is gone. Any thread. */
final class OpenAnswers {
    private final Set<CompletableFuture<?>> open = new HashSet<>();
    private String end;

    /** A future that is completed by whoever has the answer, or fails with {@link #close}. */
    <T> CompletableFuture<T> open() {
        CompletableFuture<T> answer = new CompletableFuture<>();
        String reason;
        synchronized (this) {
            reason = end;
            if (reason == null) {
                open.add(answer);
            }
        }
        if (reason != null) {
            answer.completeExceptionally(new IllegalStateException(reason));
        }
        CompletableFuture<T> unused = answer.whenComplete((done, failure) -> forget(answer));
        return answer;
    }

    private synchronized void forget(CompletableFuture<?> answer) {
        open.remove(answer);
    }

    /** Those that are open, and all that are opened later, get no answer. */
    void close(String reason) {
        List<CompletableFuture<?>> failing;
        synchronized (this) {
            end = reason;
            failing = new ArrayList<>(open);
        }
        failing.forEach(answer -> answer.completeExceptionally(new IllegalStateException(reason)));
    }
}
