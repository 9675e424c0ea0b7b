package io.quorate.registry.image;

import io.quorate.registry.model.PartitionState;

/**
 * The state of a partition as it is stored.
 *
 * @param state what the node says
 * @param version of the node: the partition epoch, by which everybody writes conditionally
 */
public record StoredState(PartitionState state, int version) {}
