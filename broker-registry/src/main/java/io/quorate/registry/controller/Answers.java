package io.quorate.registry.controller;

import io.quorate.registry.tree.Outside;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Owns who waits for a controller's answer, so that everybody gets one, and one only, also when the controller resigns first. */
final class Answers {
    private final Consumer<String> trouble;
    private final Map<Object, Runnable> open = new LinkedHashMap<>();
    private boolean isSettled;

    /** @param trouble is told when somebody does not bear an answer */
    Answers(Consumer<String> trouble) {
        this.trouble = trouble;
    }

    /**
     * Somebody begins to wait.
     *
     * @param done the one who waits
     * @param otherwise what they get if the controller resigns before it has answered
     * @return to be called with the answer; answers after the first are of no interest
     */
    <T> Consumer<T> open(Consumer<T> done, T otherwise) {
        Object key = new Object();
        open.put(key, () -> tell(done, otherwise));
        if (isSettled) {
            settle();
        }
        return answer -> {
            if (open.remove(key) != null) {
                tell(done, answer);
            }
        };
    }

    /** The controller has resigned: all who wait, and all who ask from now on, are told so. */
    void settle() {
        isSettled = true;
        List<Runnable> waiting = List.copyOf(open.values());
        open.clear();
        waiting.forEach(Runnable::run);
    }

    private <T> void tell(Consumer<T> done, T answer) {
        Outside.call("who has asked", () -> done.accept(answer), trouble);
    }
}
