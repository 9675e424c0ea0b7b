package io.quorate.registry.controller;

import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.tree.Tree;
import java.util.function.LongSupplier;

/**
 * What all parts of a controller share from its election to its resignation.
 *
 * @param fence its right to write
 * @param office what it was lent
 * @param writer fenced
 * @param work which partitions are to be looked at, and which are being written
 */
record Term(Fence fence, Office office, FencedWriter writer, WorkList work) {
    /** For reading and watching; writes go through the writer. */
    Tree tree() {
        return office.tree();
    }

    TreeFollower follower() {
        return office.follower();
    }

    ClusterImage image() {
        return office.follower().image();
    }

    ControllerHost host() {
        return office.host();
    }

    ControllerSettings settings() {
        return office.settings();
    }

    LongSupplier chance() {
        return office.chance();
    }

    ImageChange change() {
        return new ImageChange(office.follower());
    }
}
