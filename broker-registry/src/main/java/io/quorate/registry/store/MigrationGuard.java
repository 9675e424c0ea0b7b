package io.quorate.registry.store;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.wire.client.WriteOp;
import java.util.List;

/** Keeps us from writing while a migration owns the tree, also if it takes the tree over meanwhile (registry spec 1.6, 1.8). */
final class MigrationGuard {
    private MigrationGuard() {}

    /** What is to be read before. */
    static Read read() {
        return Read.data(RegistryPaths.CONTROLLER);
    }

    /**
     * What is to be part of the transaction.
     *
     * @param controller as read
     * @throws IllegalStateException if a migration owns the tree
     */
    static List<WriteOp> checks(Node controller) {
        if (!controller.exists()) {
            return List.of();
        }
        if (ControllerJson.decode(controller.data()).isMigration()) {
            throw new IllegalStateException("a migration owns the tree");
        }
        return List.of(WriteOp.check(RegistryPaths.CONTROLLER, controller.version()));
    }
}
