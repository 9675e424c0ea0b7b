package io.quorate.registry.controller;

import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Watches;
import java.util.function.LongSupplier;

/**
 * What a broker lends its controller.
 *
 * @param tree the session in which it was elected
 * @param watches of the same session
 * @param follower keeps the image of the same session
 * @param host carries decisions out
 * @param settings how to behave
 * @param timers time
 * @param chance random numbers, for topic ids
 */
public record Office(
        Tree tree,
        Watches watches,
        TreeFollower follower,
        ControllerHost host,
        ControllerSettings settings,
        Timers timers,
        LongSupplier chance) {}
