package io.quorate.coordinator.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** How a part learns that the demo is over: its input ends with the demo, however that ends. */
final class ParentWatch {

    private ParentWatch() {}

    /** Returns when the demo is over. */
    static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
