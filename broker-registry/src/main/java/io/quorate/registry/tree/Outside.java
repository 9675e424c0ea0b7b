package io.quorate.registry.tree;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The border to code of others that is called back: what it throws is logged, and told, and goes no further. */
public final class Outside {
    private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

    private Outside() {}

    /**
     * Calls it.
     *
     * @param trouble is told if it throws; what this throws is logged only
     */
    public static void call(String name, Runnable callback, Consumer<String> trouble) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("{} has thrown", name, e);
            call(name + "'s trouble", () -> trouble.accept(name + " has thrown " + e));
        }
    }

    private static void call(String name, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("{} has thrown", name, e);
        }
    }
}
