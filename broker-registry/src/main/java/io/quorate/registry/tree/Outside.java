package io.quorate.registry.tree;

import java.util.function.Consumer;

/** The border to code of others that is called back: what it throws is told, and goes no further. */
public final class Outside {
    private Outside() {}

    /**
     * Calls it.
     *
     * @param trouble is told if it throws, and where; what this throws is nobody's business any more
     */
    public static void call(String name, Runnable callback, Consumer<String> trouble) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            tell(trouble, name + " has thrown " + e + where(e));
        }
    }

    private static String where(RuntimeException thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private static void tell(Consumer<String> trouble, String what) {
        try {
            trouble.accept(what);
        } catch (RuntimeException e) {
            // Whoever cannot bear to hear of trouble does not hear of it.
            assert e != null;
        }
    }
}
