package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;
import java.util.function.Consumer;

/** One command: its name and the text it answers, line ends included. */
interface AdminCommand {

    /** What must be there for the command to run. */
    enum Needs {
        /** Nothing: answers at any time, on the caller's thread. */
        NOTHING,
        /** A server that serves; runs on the caller's thread. */
        SERVING,
        /** A look at the live server; runs on the core's thread and must be quick. */
        CORE
    }

    /** As operators type it. */
    String name();

    Needs needs();

    /** @param view the live server for {@link Needs#CORE}, else null */
    String run(ServerView view, long argument);

    /** As {@link #run}, for a command whose answer takes its time: {@code answer} is given the text once, now or later. */
    default void run(ServerView view, long argument, Consumer<String> answer) {
        answer.accept(run(view, argument));
    }

    /** True if it changes what the ensemble does: it runs only if the whitelist names it, for {@code *} does not mean it. */
    default boolean mustBeNamed() {
        return false;
    }

    /** Bytes behind the name that belong to it: none, or eight. */
    default int argumentBytes() {
        return 0;
    }
}
