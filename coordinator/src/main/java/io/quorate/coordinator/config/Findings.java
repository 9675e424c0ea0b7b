package io.quorate.coordinator.config;

import java.util.ArrayList;
import java.util.List;

/** Everything that reading a configuration found wrong or worth saying, in the order found. Not thread-safe. */
final class Findings {

    private final List<String> errors = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /** Something that stops the start; the message names the fix. */
    void error(String message) {
        errors.add(message);
    }

    /** A value that stops the start. {@code origin} is where it was found. */
    void badValue(String key, String value, ServerConfig.Origin origin, String expects) {
        errors.add("%s=%s (%s): expected %s".formatted(key, value, origin, expects));
    }

    /** Something an operator should know, and that does not stop the start. */
    void notice(String message) {
        notices.add(message);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }
}
