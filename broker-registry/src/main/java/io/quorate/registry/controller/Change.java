package io.quorate.registry.controller;

import io.quorate.registry.tree.Write;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes that belong together: they are carried out in one transaction, or not at all. It may hold other changes, too.
 *
 * @param writes in order
 * @param done gets what became of it, once; not called any more when the controller has resigned
 */
record Change(List<Write> writes, Consumer<Outcome> done) {
    int bytes() {
        return writes.stream().mapToInt(Write::bytes).sum();
    }
}
