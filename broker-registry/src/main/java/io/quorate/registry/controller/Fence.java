package io.quorate.registry.controller;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.tree.Write;

/**
 * The right of one controller to write: as long as the epoch's node has this version, nobody was elected after it (registry
 * spec 5.2).
 *
 * @param epoch of the controller
 * @param version of {@code /controller_epoch} that its election left
 */
public record Fence(int epoch, int version) {
    /** What every transaction of this controller begins with. */
    public Write check() {
        return Write.check(RegistryPaths.CONTROLLER_EPOCH, version);
    }
}
